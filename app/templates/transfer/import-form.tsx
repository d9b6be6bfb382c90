import { importAction } from "@/app/templates/transfer/actions";
import { importForm } from "@/app/templates/transfer/transfer-notice";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

const IMPORT_FORM = "import-texts";

/** Makes drafts of a file, or says what that would do. */
export async function ImportForm({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("templates.transfer");
  const form = await importForm(notice);
  const looked = notice?.kind === "done" && notice.what === "import-looked-at" ? notice.values : {};
  return (
    <Section id="import" title={t("importTitle")}>
      <p>{t("importLead")}</p>
      {/* What was shown last, also where the form comes back: until they look again it is that. */}
      <input
        type="hidden"
        name="digest"
        form={IMPORT_FORM}
        defaultValue={looked.digest ?? form.value("digest") ?? ""}
      />
      <PostForm id={IMPORT_FORM} action={importAction} className="grid gap-5">
        <Field
          {...form.field("file")}
          label={t("file")}
          hint={t("fileHint")}
          type="file"
          accept=".json,application/json"
          required
        />
        <Checkbox
          name="replace"
          label={t("replace")}
          hint={t("replaceHint")}
          defaultChecked={looked.replaces === "on"}
        />
        <div className="grid gap-3 sm:flex sm:flex-wrap">
          <Button kind="inline" name="pressed" value="look">
            {t("look")}
          </Button>
          <Button kind="inline" name="pressed" value="import">
            {t("import")}
          </Button>
        </div>
      </PostForm>
    </Section>
  );
}
