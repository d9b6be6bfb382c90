import { publishAction } from "@/app/templates/[kind]/actions";
import { publishForm } from "@/app/templates/[kind]/text-forms";
import { textPath } from "@/app/templates/text-address";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextPage } from "@/lib/templates/read-text";

type PublishFormProps = { page: TextPage; view: "visual" | "plain"; notice: Notice | null };

/** For a second person: publishes what waits, or sends it back. */
export async function PublishForm({ page, view, notice }: PublishFormProps) {
  const { key, draft, publishing, revision } = page;
  if (draft?.state !== "waiting") return null;
  const t = await getTranslations("templates.text");
  if (publishing.kind === "own-text") {
    return (
      <Section id="publish" title={t("publishTitle")}>
        <p>{t("ownText")}</p>
      </Section>
    );
  }
  const form = await publishForm(notice);
  return (
    <Section id="publish" title={t("publishTitle")}>
      <p>{t("publishLead", { name: draft.askedBy ?? t("somebody") })}</p>
      <PostForm
        action={publishAction}
        at={textPath(key, "plain").split("?")[0]}
        className="grid max-w-2xl gap-5"
      >
        <input type="hidden" name="kind" value={key.subject} />
        <input type="hidden" name="language" value={key.language} />
        <input type="hidden" name="view" value={view} />
        <input type="hidden" name="seen" value={revision} />
        <Field
          {...form.field("reason")}
          label={t("reason")}
          hint={t("reasonHint")}
          autoComplete="off"
          defaultValue=""
        />
        <div className="grid gap-3 sm:flex sm:flex-wrap">
          <Button kind="inline" name="pressed" value="publish">
            {t("publish")}
          </Button>
          <Button kind="inline" name="pressed" value="send-back">
            {t("sendBack")}
          </Button>
        </div>
      </PostForm>
    </Section>
  );
}
