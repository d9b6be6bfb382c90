import type { Metadata } from "next";
import { refusedForm } from "@/app/forms/refused-form";
import { helpMetadata } from "@/app/help/help-metadata";
import { askAboutMailAction } from "@/app/help/was-it-us/actions";
import { Verdict } from "@/app/help/was-it-us/verdict";
import { Alert } from "@/components/alert";
import { Article } from "@/components/article";
import { Button } from "@/components/button";
import { ErrorSummary } from "@/components/error-summary";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { TextArea } from "@/components/text-area";
import { type Notice, readNotice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { WAS_IT_US_PATH } from "@/lib/mail/links";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { wasItUsNumbers } from "@/lib/was-it-us/rules/limits";

// A mail that there never was.
const example = mailReferenceOf("5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845");

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("wasItUs");
  return helpMetadata({ path: WAS_IT_US_PATH, title: t("title"), description: t("lead") });
}

export default async function WasItUsPage() {
  const t = await getTranslations("wasItUs");
  const notice = await readNotice();
  const values = { ...wasItUsNumbers, example };
  const errors = await getTranslations("wasItUs.errors");
  const form = await refusedForm(notice, "was-it-us", (key) =>
    errors(key as "sourceTooLong", values),
  );
  return (
    <Article title={t("title")} lead={t("lead")}>
      <div className="mt-6 grid grid-cols-1 gap-5">
        <Refused notice={notice} errors={form.errors} />
      </div>
      <Verdict notice={notice} />
      <h2>{t("ask")}</h2>
      <PostForm action={askAboutMailAction} className="mt-4 grid grid-cols-1 gap-5">
        <Field
          {...form.field("reference")}
          label={t("reference")}
          hint={t("referenceHint", values)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          defaultValue={form.value("reference")}
        />
        <TextArea
          {...form.field("source")}
          label={t("source")}
          hint={t("sourceHint", values)}
          rows={8}
          autoComplete="off"
          spellCheck={false}
        />
        <div>
          <Button kind="inline">{t("submit")}</Button>
        </div>
      </PostForm>
      <HowToFind />
    </Article>
  );
}

type RefusedProps = { notice: Notice | null; errors: { field: string; message: string }[] };

/** Why nothing could be said. */
async function Refused({ notice, errors }: RefusedProps) {
  if (notice?.kind !== "form-refused" || notice.form !== "was-it-us") return null;
  const t = await getTranslations("wasItUs.errors");
  if (notice.reason === "tooManyMails" && notice.until !== undefined) {
    return <Alert title={t.rich("tooManyMails", await momentTags(new Date(notice.until)))} />;
  }
  if (notice.reason === "unavailable") return <Alert title={t("unavailable")} />;
  return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
}

async function HowToFind() {
  const t = await getTranslations("wasItUs.how");
  return (
    <>
      <h2>{t("title")}</h2>
      <ul>
        {(["gmail", "outlook", "apple", "thunderbird"] as const).map((program) => (
          <li key={program}>{t(program)}</li>
        ))}
      </ul>
      <p>{t("all")}</p>
    </>
  );
}
