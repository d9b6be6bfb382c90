import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { lookUpAction } from "@/app/(door)/recover/status/actions";
import { Contacts } from "@/app/contacts";
import { PAGE_FORM } from "@/app/forms/form-beside-switch";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type LookUpFormProps = {
  /** Whether a link was opened that leads nowhere. */
  isDead: boolean;
  notice: Notice | null;
};

/** Leads to a request without the link from the mail: by its number and the address it is for. */
export async function LookUpForm({ isDead, notice }: LookUpFormProps) {
  const t = await getTranslations("recover.lookUp");
  const title = (await getTranslations("recover.status"))("title");
  const form = await recoverForm(notice, "recover-look-up");
  return (
    <Card title={title} lead={t("lead")} below={<Contacts />}>
      {isDead ? <Alert title={t("dead")} /> : null}
      <RecoverNotice notice={notice} forms={["recover-look-up"]} done={[]} timeZone={null} />
      <PostForm id={PAGE_FORM} action={lookUpAction} className="grid gap-5">
        <Field
          {...form.field("reference")}
          label={t("reference")}
          hint={t("referenceHint", await recoverNumbers())}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          defaultValue={form.value("reference")}
        />
        <Field
          {...form.field("email")}
          label={t("email")}
          hint={t("emailHint")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={form.value("email")}
        />
        <Button>{t("submit")}</Button>
      </PostForm>
    </Card>
  );
}
