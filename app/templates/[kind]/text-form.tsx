import { editTextAction } from "@/app/templates/[kind]/actions";
import { editForm, TEXT_FORM } from "@/app/templates/[kind]/text-forms";
import { VisualEditor } from "@/app/templates/[kind]/visual-editor";
import { framePath, textPath } from "@/app/templates/text-address";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { TextArea } from "@/components/text-area";
import type { StaffMember } from "@/lib/account/staff-member";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextPage } from "@/lib/templates/read-text";
import { listTestRecipients } from "@/lib/templates/send-test";
import { textNumbers } from "@/lib/templates/text-numbers";

type TextFormProps = {
  staff: StaffMember;
  page: TextPage;
  view: "visual" | "plain";
  notice: Notice | null;
  /** Whom previews show it to. */
  person: string;
};

/** What a text says, in the plain notation; with scripts the visual editor stands in its place. */
export async function TextForm({ staff, page, view, notice, person }: TextFormProps) {
  const t = await getTranslations("templates.text");
  const form = await editForm(notice);
  const { key, shown, note } = page;
  const isMail = !key.subject.startsWith("block:");
  const recipients = isMail ? await listTestRecipients(staff) : [];
  const common = { lang: key.language, spellCheck: true, autoComplete: "off" } as const;
  return (
    <div>
      {/* What is typed stays over a conflict; what it was made of is what was seen last. */}
      <input type="hidden" name="seen" form={TEXT_FORM} defaultValue={page.revision} />
      <input type="hidden" name="base" form={TEXT_FORM} defaultValue={page.base} />
      <PostForm
        id={TEXT_FORM}
        action={editTextAction}
        at={textPath(key, "plain").split("?")[0]}
        data-mail-form=""
        data-preview={framePath(key, { person })}
        className="grid gap-5"
      >
        <input type="hidden" name="kind" value={key.subject} />
        <input type="hidden" name="language" value={key.language} />
        <input type="hidden" name="view" value={view} />
        {isMail ? (
          <>
            <Field
              {...form.field("subject")}
              {...common}
              label={t("subject")}
              hint={t("subjectHint", { max: textNumbers.subject })}
              defaultValue={shown.subjectLine}
            />
            <Field
              {...form.field("preview")}
              {...common}
              label={t("previewLine")}
              hint={t("previewLineHint")}
              defaultValue={shown.previewLine}
            />
          </>
        ) : null}
        <TextArea
          {...form.field("text")}
          {...common}
          label={t("body")}
          hint={t("bodyHint")}
          rows={22}
          defaultValue={shown.text}
        />
        <Field
          {...form.field("note")}
          label={t("note")}
          hint={t("noteHint")}
          autoComplete="off"
          defaultValue={note}
        />
        {view === "visual" ? <VisualEditor staff={staff} of={key} /> : null}
        <div className="grid gap-3 sm:flex sm:flex-wrap">
          <Button kind="inline" name="pressed" value="save">
            {t("save")}
          </Button>
          <Button kind="inline" name="pressed" value="ask">
            {t("ask")}
          </Button>
          {isMail ? (
            <Button kind="inline" name="pressed" value="test">
              {t("test")}
            </Button>
          ) : null}
        </div>
        {isMail ? (
          <Disclosure summary={t("testTo")} open={form.error("to") !== undefined}>
            <Select
              {...form.field("to")}
              label={t("colleague")}
              options={recipients.map(({ accountId, name, email }) => ({
                value: accountId,
                label: `${name}, ${email}`,
              }))}
              defaultValue={recipients[1]?.accountId}
            />
            <div>
              <Button kind="inline" name="pressed" value="test-to">
                {t("testToSubmit")}
              </Button>
            </div>
          </Disclosure>
        ) : null}
      </PostForm>
    </div>
  );
}
