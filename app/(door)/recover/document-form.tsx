import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { fieldOf } from "@/app/forms/refused-form";
import { Button } from "@/components/button";
import { Field, fieldId } from "@/components/field";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Where documents go: a route, which takes larger bodies than pages do, from who may send them. */
export const documentsPath = "/recover/documents";

/** The field and the button of one more document. */
export async function documentFields(notice: Notice | null) {
  const t = await getTranslations("recover.documents");
  const form = await recoverForm(notice, "recover-document");
  const send = await recoverForm(notice, "recover-send");
  return (
    <div className="grid gap-5">
      <Field
        name="document"
        id={fieldId(fieldOf("recover-document", "document"))}
        label={t("label")}
        hint={t("hint", await recoverNumbers())}
        type="file"
        accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
        error={form.error("document") ?? send.error("document")}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind="secondary" name="pressed" value="document">
        {t("add")}
      </Button>
    </div>
  );
}

type DocumentFormProps = {
  /** Of a sent request: that of its page. */
  token: string;
  notice: Notice | null;
};

/** Adds a document to a sent request. */
export async function DocumentForm({ token, notice }: DocumentFormProps) {
  return (
    <form
      action={`${documentsPath}?token=${encodeURIComponent(token)}`}
      method="post"
      encType="multipart/form-data"
      noValidate
    >
      <input type="hidden" name="token" value={token} />
      {await documentFields(notice)}
    </form>
  );
}
