import { getTranslations } from "next-intl/server";
import { saveSettingsAction } from "@/app/support/settings/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { approvalChoices, approvalsAfterObjection } from "@/lib/cases/review/settings";

/** What admins set for the whole installation. */
export async function SettingsForm({ approvals }: { approvals: number }) {
  const t = await getTranslations("supportCases.settings");
  const options = approvalChoices.map((count) => ({
    value: String(count),
    label: t("approvals.option", { count }),
  }));
  const hintId = "approvals-hint";
  return (
    <PostForm action={saveSettingsAction} className="grid gap-5">
      <div className="grid gap-2">
        <Select
          name="approvals"
          label={t("approvals.label")}
          options={options}
          defaultValue={String(approvals)}
          aria-describedby={hintId}
        />
        <p id={hintId} className="text-quiet text-sm">
          {t("approvals.hint", { count: approvalsAfterObjection })}
        </p>
      </div>
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
