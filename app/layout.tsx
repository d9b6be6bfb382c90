import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import "@/app/globals.css";
import { EnteredNotice } from "@/app/entered-notice";
import { formBesideSwitch, KEEPING_ACTION, LANGUAGE_ACTION } from "@/app/forms/form-beside-switch";
import { InputGoneNotice, StaleFormAlert } from "@/app/forms/stale-form-alert";
import { SignedIn } from "@/app/signed-in";
import { UnreachableNotice } from "@/app/unreachable-notice";
import { OwnScript } from "@/components/own-script";
import { PageFrame } from "@/components/page-frame";
import { zoneAsSaid } from "@/lib/client/browser-zone";
import { env } from "@/lib/env/env";
import { answersRefused } from "@/lib/forms/form-desk";
import { localeNames, locales } from "@/lib/i18n/locales";
import { requestBrought } from "@/lib/log/request-context";
import { sessionAround } from "@/lib/next-auth/session";
import { enterLayout } from "@/lib/server/straight/registry";

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

// Each page is made for one request, which it asks for past Next.
export const dynamic = "force-dynamic";

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
  const session = await sessionAround();
  const { brand } = env();
  return (
    <html lang={locale}>
      <head>
        {/* The host's colour, by the gate. */}
        <link rel="stylesheet" href="/styles/brand.css" />
      </head>
      <body data-known-time-zone={zoneAsSaid(requestBrought().headers.get("cookie"))}>
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
            keepsAt: KEEPING_ACTION,
            form: await formBesideSwitch(),
          }}
        >
          <StaleFormAlert />
          <InputGoneNotice />
          {session && <UnreachableNotice session={session} />}
          <EnteredNotice />
          {children}
        </PageFrame>
        <OwnScript name="page" />
      </body>
    </html>
  );
}

enterLayout(RootLayout);
