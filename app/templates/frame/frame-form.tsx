import { editFrameAction } from "@/app/templates/frame/actions";
import { FRAME_FORM, footerField, frameForm, legalField } from "@/app/templates/frame/frame-fields";
import { framePath } from "@/app/templates/text-address";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { TextArea } from "@/components/text-area";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { localeNames, locales } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import { readFrame } from "@/lib/mail-document/frame";
import { frameKey } from "@/lib/mail-document/text-key";
import type { ListedImage } from "@/lib/templates/images/mail-images";
import type { TextPage } from "@/lib/templates/read-text";

type FrameFormProps = {
  page: TextPage;
  images: ListedImage[];
  notice: Notice | null;
  /** Whom previews show it to. */
  person: string;
};

/** What is set once for all mails. An empty field leaves it to the settings of the installation. */
export async function FrameForm({ page, images, notice, person }: FrameFormProps) {
  const t = await getTranslations("templates.frame");
  const text = await getTranslations("templates.text");
  const form = await frameForm(notice);
  const frame = readFrame(page.shown.text);
  const logos = [
    { value: "", label: t("noLogo") },
    ...images.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div>
      <input type="hidden" name="seen" form={FRAME_FORM} defaultValue={page.revision} />
      <input type="hidden" name="base" form={FRAME_FORM} defaultValue={page.base} />
      <PostForm
        id={FRAME_FORM}
        action={editFrameAction}
        data-mail-form=""
        data-preview={framePath(frameKey, { person })}
        className="grid max-w-2xl gap-5"
      >
        <Select
          {...form.field("logo")}
          label={t("logo")}
          hint={t("logoHint")}
          options={logos}
          defaultValue={frame.logo ?? ""}
        />
        <Field
          {...form.field("light")}
          label={t("light")}
          hint={t("colorHint", { own: env().brand.color })}
          autoComplete="off"
          spellCheck={false}
          defaultValue={frame.light ?? ""}
        />
        <Field
          {...form.field("dark")}
          label={t("dark")}
          hint={t("darkHint")}
          autoComplete="off"
          spellCheck={false}
          defaultValue={frame.dark ?? ""}
        />
        <Field
          {...form.field("senderName")}
          label={t("senderName")}
          hint={t("senderNameHint")}
          autoComplete="off"
          defaultValue={frame.senderName ?? ""}
        />
        {locales.map((language) => (
          <fieldset key={language} className="grid gap-5 border-line border-t pt-5">
            <legend lang={language} className="font-semibold">
              {localeNames[language]}
            </legend>
            <TextArea
              {...form.field(footerField(language))}
              label={t("footer", { language: localeNames[language] })}
              hint={t("footerHint")}
              lang={language}
              rows={3}
              defaultValue={frame.footer[language] ?? ""}
            />
            <TextArea
              {...form.field(legalField(language))}
              label={t("legal", { language: localeNames[language] })}
              hint={t("legalHint")}
              lang={language}
              rows={3}
              defaultValue={frame.legal[language] ?? ""}
            />
          </fieldset>
        ))}
        <Field
          {...form.field("note")}
          label={text("note")}
          hint={text("noteHint")}
          autoComplete="off"
          defaultValue={page.note}
        />
        <div className="grid gap-3 sm:flex sm:flex-wrap">
          <Button kind="inline" name="pressed" value="save">
            {text("save")}
          </Button>
          <Button kind="inline" name="pressed" value="ask">
            {text("ask")}
          </Button>
        </div>
      </PostForm>
    </div>
  );
}
