import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import "@/app/globals.css";
import { EnteredNotice } from "@/app/entered-notice";
import { formBesideSwitch, KEEPING_ACTION, LANGUAGE_ACTION } from "@/app/forms/form-beside-switch";
import { InputGoneNotice, StaleFormAlert } from "@/app/forms/stale-form-alert";
import { SignedIn } from "@/app/signed-in";
import { TimeZoneScript } from "@/app/time-zone-script";
import { PageFrame } from "@/components/page-frame";
import { RouteAnnouncer } from "@/components/route-announcer";
import { TypedBeside } from "@/components/typed-beside";
import { brandStyleSheet } from "@/lib/brand";
import { env } from "@/lib/env/env";
import { answersRefused } from "@/lib/forms/form-desk";
import { localeNames, locales } from "@/lib/i18n/locales";
import { sessionAround } from "@/lib/next-auth/session";

export async function generateMetadata(): Promise<Metadata> {
  const { name } = env().brand;
  const t = await getTranslations("common");
  // Before all else, for a title is the first thing that is read out of a page.
  const error = answersRefused() ? `${t("errorPrefix")} ` : "";
  return {
    title: { default: name, template: `${error}%s – ${name}` },
    robots: { index: false },
    // iOS would turn IP addresses and codes into telephone links.
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f6f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1116" },
  ],
};

const languages = locales.map((code) => ({ code, name: localeNames[code] }));

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const t = await getTranslations("common");
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const session = await sessionAround();
  const { brand } = env();
  return (
    <html lang={locale}>
      <head>
        {/* Browsers hide the nonce from scripts, which React would take for a difference. */}
        <style
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: colours that brandColors computed
          dangerouslySetInnerHTML={{ __html: brandStyleSheet(brand.color) }}
        />
      </head>
      <body>
        <PageFrame
          brand={{ name: brand.name, logoUrl: brand.logoUrl }}
          words={{
            skip: t("skipToContent"),
            home: t("home", { brand: brand.name }),
            area: t("area"),
            help: t("help"),
          }}
          helpHref="/help"
          person={session && <SignedIn session={session} />}
          languages={{
            action: LANGUAGE_ACTION,
            label: t("language"),
            current: locale,
            options: languages,
            form: await formBesideSwitch(),
          }}
        >
          <StaleFormAlert />
          <InputGoneNotice />
          <EnteredNotice />
          {children}
        </PageFrame>
        <TypedBeside
          nonce={nonce}
          languages={{ action: LANGUAGE_ACTION, keeping: KEEPING_ACTION }}
        />
        <RouteAnnouncer />
        <TimeZoneScript />
      </body>
    </html>
  );
}
