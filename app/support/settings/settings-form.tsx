import { saveSettingsAction } from "@/app/support/settings/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { approvalChoices, approvalsAfterObjection } from "@/lib/cases/review/settings";
import { getTranslations } from "@/lib/i18n/translations";

/** What admins set for the whole installation. */
export async function SettingsForm({ approvals }: { approvals: number }) {
  const t = await getTranslations("supportCases.settings");
  const options = approvalChoices.map((count) => ({
    value: String(count),
    label: t("approvals.option", { count }),
  }));
  return (
    <PostForm action={saveSettingsAction} className="grid gap-5">
      <Select
        name="approvals"
        label={t("approvals.label")}
        hint={t("approvals.hint", { count: approvalsAfterObjection })}
        options={options}
        defaultValue={String(approvals)}
      />
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
