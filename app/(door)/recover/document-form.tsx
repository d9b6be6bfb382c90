import { getTranslations } from "next-intl/server";
import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { fieldOf } from "@/app/forms/refused-form";
import { Button } from "@/components/button";
import { Field, fieldId } from "@/components/field";
import type { Notice } from "@/lib/forms/notice";

type DocumentFormProps = {
  /** Of a sent request: the token of its page; null: this browser's draft. */
  token: string | null;
  notice: Notice | null;
};

const path = "/recover/documents";

/** Adds a document. */
export async function DocumentForm({ token, notice }: DocumentFormProps) {
  const t = await getTranslations("recover.documents");
  const form = await recoverForm(notice, "recover-document");
  return (
    // Posted to a route, which takes larger bodies than pages do, from who shows before that they may.
    <form
      action={token === null ? path : `${path}?token=${encodeURIComponent(token)}`}
      method="post"
      encType="multipart/form-data"
      className="grid gap-5"
      noValidate
    >
      {token === null ? null : <input type="hidden" name="token" value={token} />}
      <Field
        name="document"
        id={fieldId(fieldOf("recover-document", "document"))}
        label={t("label")}
        hint={t("hint", await recoverNumbers())}
        type="file"
        accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
        required
        error={form.error("document")}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind="secondary">{t("add")}</Button>
    </form>
  );
}
