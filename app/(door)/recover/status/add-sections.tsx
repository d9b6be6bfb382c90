import { DocumentForm } from "@/app/(door)/recover/document-form";
import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { answerAction } from "@/app/(door)/recover/status/actions";
import { fieldOf } from "@/app/forms/refused-form";
import { Button } from "@/components/button";
import { Entries, Entry } from "@/components/entry";
import { fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextArea } from "@/components/text-area";
import { sizeText } from "@/lib/cases/documents/size-text";
import type { StatusPage } from "@/lib/cases/request/status-page";
import type { Notice } from "@/lib/forms/notice";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** The documents of a sent request: their names and sizes, never what they hold. */
export async function SentDocuments({ page }: { page: StatusPage }) {
  const t = await getTranslations("recover.status");
  const locale = await getLocale();
  const { documents } = page;
  return (
    <Section title={t("documents")}>
      {documents.length === 0 ? (
        <p>{t("noDocuments")}</p>
      ) : (
        <Entries>
          {documents.map(({ id, name, size }) => (
            <Entry key={id} id={`document-${id}`} title={name} lines={[sizeText(size, locale)]} />
          ))}
        </Entries>
      )}
    </Section>
  );
}

type AddSectionsProps = { token: string; page: StatusPage; notice: Notice | null };

/** One more document, and an answer, for a request that staff have not agreed to yet. */
export async function AddSections({ token, page, notice }: AddSectionsProps) {
  const t = await getTranslations("recover");
  const numbers = await recoverNumbers();
  return (
    <Section id="add" title={t("status.answer.title")}>
      {page.hasRoom ? (
        <DocumentForm token={token} notice={notice} />
      ) : (
        <p>{t("documents.full", numbers)}</p>
      )}
      {page.answerMax > 0 ? (
        <AnswerForm token={token} max={page.answerMax} notice={notice} />
      ) : (
        <p>{t("errors.answersFull")}</p>
      )}
    </Section>
  );
}

type AnswerFormProps = { token: string; max: number; notice: Notice | null };

async function AnswerForm({ token, max, notice }: AnswerFormProps) {
  const t = await getTranslations("recover.status.answer");
  const form = await recoverForm(notice, "recover-answer");
  return (
    <PostForm action={answerAction} className="grid gap-5">
      <input type="hidden" name="token" value={token} />
      <TextArea
        name="answer"
        id={fieldId(fieldOf("recover-answer", "answer"))}
        label={t("label")}
        hint={t("hint", { max })}
        // A longer one could not be shown again once it was refused.
        maxLength={max}
        required
        defaultValue={form.value("answer")}
        error={form.error("answer")}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind="secondary">{t("submit")}</Button>
    </PostForm>
  );
}
