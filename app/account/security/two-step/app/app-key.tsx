import { QrCode } from "@/components/qr-code";
import { Section } from "@/components/section";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { AddingApp } from "@/lib/two-step/add-app";

/** The key of an app that is being added: to scan, to open on this device, and to type. */
export async function AppKey({ app, timeZone }: { app: AddingApp; timeZone: string | null }) {
  const t = await getTranslations("twoStep.add");
  const open = (words: React.ReactNode) => (
    <a href={app.uri} className="text-link">
      {words}
    </a>
  );
  return (
    <Section id="scan" title={t("scan")}>
      <QrCode {...app.qr} label={t("qr")} />
      <p>{t("twoPhones")}</p>
      <p>{t.rich("samePhone", { open })}</p>
      <div className="grid gap-1">
        <p>{t("orType")}</p>
        {/* biome-ignore lint/a11y/useSemanticElements: an output announces itself, and this does not change */}
        <p
          role="group"
          aria-label={t("key")}
          className="rounded-lg bg-sunken px-4 py-3 font-mono text-lg [overflow-wrap:anywhere]"
          translate="no"
        >
          {app.key}
        </p>
      </div>
      <p className="text-quiet text-sm">
        {t.rich("until", await momentTags(app.until, { timeZone }))}
      </p>
    </Section>
  );
}
