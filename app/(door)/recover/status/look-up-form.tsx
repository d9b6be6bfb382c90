import { getTranslations } from "next-intl/server";
import { Contacts } from "@/app/(door)/contacts";
import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { lookUpAction } from "@/app/(door)/recover/status/actions";
import { fieldOf } from "@/app/account/refused-form";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Field, fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/auth/notice";

type LookUpFormProps = {
  /** Whether a link was opened that leads nowhere. */
  isDead: boolean;
  notice: Notice | null;
};

/** Leads to a request without the link from the mail: by its number and the address it is for. */
export async function LookUpForm({ isDead, notice }: LookUpFormProps) {
  const t = await getTranslations("recover.lookUp");
  const title = (await getTranslations("recover.status"))("title");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const form = await recoverForm(notice, "recover-look-up");
  const idOf = (field: string) => fieldId(fieldOf("recover-look-up", field));
  return (
    <Card title={title} lead={t("lead")} below={<Contacts />}>
      {isDead ? <Alert title={t("dead")} /> : null}
      <RecoverNotice notice={notice} forms={["recover-look-up"]} done={[]} timeZone={null} />
      <PostForm action={lookUpAction} className="grid gap-5">
        <Field
          name="reference"
          id={idOf("reference")}
          label={t("reference")}
          hint={t("referenceHint", await recoverNumbers())}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          defaultValue={form.value("reference")}
          error={form.error("reference")}
          errorPrefix={errorPrefix}
        />
        <Field
          name="email"
          id={idOf("email")}
          label={t("email")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={form.value("email")}
          error={form.error("email")}
          errorPrefix={errorPrefix}
        />
        <Button>{t("submit")}</Button>
      </PostForm>
    </Card>
  );
}
