import type { Metadata } from "next";
import { requireViewer } from "@/app/support/viewing-staff";
import { SettingsForm } from "@/app/templates/settings/settings-form";
import { SettingsNotice } from "@/app/templates/settings/settings-notice";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { readNotice } from "@/lib/forms/notice";
import { localeNames } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import { readTemplateSettings } from "@/lib/templates/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.settings"))("title") };
}

export default async function TemplateSettingsPage() {
  const { role } = await requireViewer("/templates/settings", studioRoles);
  const t = await getTranslations("templates.settings");
  const notice = await readNotice();
  const settings = await readTemplateSettings();
  return (
    <TemplatesFrame role={role} current="settings">
      <Card width={role === "admin" ? "task" : "wide"} title={t("title")} lead={t("lead")}>
        {role === "admin" ? (
          <>
            <SettingsNotice notice={notice} />
            <SettingsForm settings={settings} notice={notice} />
          </>
        ) : (
          <>
            <p>{t("readOnly")}</p>
            <Facts
              facts={[
                { label: t("hosts"), value: settings.allowedHosts.join(", ") || t("noHosts") },
                { label: t("one"), value: t(settings.onePersonMayPublish ? "yes" : "no") },
                { label: t("leading"), value: localeNames[settings.leadingLanguage] },
              ]}
            />
          </>
        )}
      </Card>
    </TemplatesFrame>
  );
}
