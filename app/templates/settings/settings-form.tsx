import { saveTemplateSettingsAction } from "@/app/templates/settings/actions";
import { settingsForm } from "@/app/templates/settings/settings-notice";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { TextArea } from "@/components/text-area";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { localeNames, locales } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import type { TemplateSettings } from "@/lib/templates/settings";

type SettingsFormProps = { settings: TemplateSettings; notice: Notice | null };

/** What admins set for all texts. */
export async function SettingsForm({ settings, notice }: SettingsFormProps) {
  const t = await getTranslations("templates.settings");
  const form = await settingsForm(notice);
  return (
    <PostForm action={saveTemplateSettingsAction} className="grid gap-5">
      <TextArea
        {...form.field("hosts")}
        label={t("hosts")}
        hint={t("hostsHint", { own: new URL(env().appUrl).host })}
        autoCapitalize="none"
        spellCheck={false}
        rows={4}
        defaultValue={settings.allowedHosts.join("\n")}
      />
      <Checkbox
        name="one"
        label={t("one")}
        hint={t("oneHint")}
        defaultChecked={settings.onePersonMayPublish}
      />
      <Select
        {...form.field("leading")}
        label={t("leading")}
        hint={t("leadingHint")}
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        defaultValue={settings.leadingLanguage}
      />
      <Button>{t("save")}</Button>
    </PostForm>
  );
}
