import type { accountWords } from "@/app/account/account-words";
import { ShownText } from "@/app/templates/[kind]/beside-text";
import { editForm, publishForm } from "@/app/templates/[kind]/text-forms";
import { findingWords } from "@/app/templates/finding-words";
import { frameForm } from "@/app/templates/frame/frame-fields";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { Refusal } from "@/lib/templates/judge-live";
import type { TextPage } from "@/lib/templates/read-text";

type TextNoticeProps = {
  notice: Notice | null;
  page: TextPage;
  /** What the gate says of what is shown, where that is a draft. */
  judged: Refusal[];
  words: Awaited<ReturnType<typeof accountWords>>;
};

const reasons = [
  ...([
    "outdated",
    "notAsked",
    "ownText",
    "nothingToPublish",
    "tooManyTests",
    "testRefused",
  ] as const),
];

/** What the last form about a text led to. */
export async function TextNotice(props: TextNoticeProps) {
  const { notice } = props;
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused":
      return <Refused {...props} notice={notice} />;
    case "done":
      return (
        <>
          <Done what={notice.what} values={notice.values} />
          <Behind page={props.page} />
          <Judged {...props} />
        </>
      );
    default:
      return (
        <>
          <Behind page={props.page} />
          <Judged {...props} />
        </>
      );
  }
}

type RefusedProps = TextNoticeProps & { notice: Extract<Notice, { kind: "form-refused" }> };

async function Refused({ notice, page, judged, words }: RefusedProps) {
  const t = await getTranslations("templates.errors");
  if (notice.reason === "refused") return <Findings page={page} judged={judged} answers />;
  if (notice.reason === "conflict") {
    return page.beyond === null ? (
      <Conflict page={page} words={words} />
    ) : (
      <Behind page={page} answers />
    );
  }
  const reason = reasons.find((one) => one === notice.reason);
  if (reason !== undefined) return <Alert title={t(reason)} />;
  const forms = [await editForm(notice), await publishForm(notice), await frameForm(notice)];
  const title = (await getTranslations("common"))("problem");
  return <ErrorSummary title={title} errors={forms.flatMap((form) => form.errors)} />;
}

async function Conflict({ page, words }: Pick<TextNoticeProps, "page" | "words">) {
  const t = await getTranslations("templates.text");
  const { draft, live, shown, key } = page;
  const by = draft === null ? live : { by: draft.savedBy, at: draft.savedAt };
  return (
    <>
      <Alert title={t("conflictTitle")}>
        <p>
          {t("conflict", {
            name: by?.by ?? t("somebody"),
            date: by === null ? "" : words.when(by.at),
          })}
        </p>
      </Alert>
      <section aria-label={t("conflictTheirs")} className="grid gap-3">
        <h2 className="font-semibold text-lg leading-snug">{t("conflictTheirs")}</h2>
        <ShownText text={shown} language={key.language} />
      </section>
    </>
  );
}

/** Says that the draft was begun on an older version than the newest, which is shown beside it. */
async function Behind({
  page,
  answers = false,
}: Pick<TextNoticeProps, "page"> & { answers?: boolean }) {
  if (page.beyond === null) return null;
  const t = await getTranslations("templates.text");
  return (
    <>
      <Alert title={t("behindTitle")} answers={answers}>
        <p>{t("behind")}</p>
      </Alert>
      <section aria-label={t("inUse")} className="grid gap-3">
        <h2 className="font-semibold text-lg leading-snug">{t("inUse")}</h2>
        <ShownText text={page.beyond} language={page.key.language} />
      </section>
    </>
  );
}

type FindingsProps = Pick<TextNoticeProps, "page" | "judged"> & { answers?: boolean };

/** What stands in the way of publishing, then what to look at. */
async function Findings({ page, judged, answers = false }: FindingsProps) {
  const t = await getTranslations("templates.findings");
  const say = await findingWords(page.key);
  const refused = judged.filter(({ finding }) => finding.level === "refused");
  return (
    <>
      {refused.length === 0 ? null : (
        <Alert title={t("title")} answers={answers}>
          <p>{t("lead")}</p>
          <ul className="grid list-disc gap-1 pl-5">
            {refused.map((one) => (
              <li key={say(one)}>{say(one)}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Warnings page={page} judged={judged} />
    </>
  );
}

async function Warnings({ page, judged }: Pick<TextNoticeProps, "page" | "judged">) {
  const warned = judged.filter(({ finding }) => finding.level === "warned");
  if (warned.length === 0) return null;
  const t = await getTranslations("templates.findings");
  const say = await findingWords(page.key);
  return (
    <Status>
      <p className="font-semibold">{t("warningsTitle")}</p>
      <ul className="mt-2 grid list-disc gap-1 pl-5">
        {warned.map((one) => (
          <li key={say(one)}>{say(one)}</li>
        ))}
      </ul>
    </Status>
  );
}

/** What the gate says of a draft that nobody has just asked to publish: no error, but good to know. */
async function Judged({ page, judged }: TextNoticeProps) {
  if (page.draft === null || judged.length === 0) return null;
  const t = await getTranslations("templates.findings");
  const say = await findingWords(page.key);
  return (
    <Status>
      <p className="font-semibold">{t("before")}</p>
      <ul className="mt-2 grid list-disc gap-1 pl-5">
        {judged.map((one) => (
          <li key={say(one)}>{say(one)}</li>
        ))}
      </ul>
    </Status>
  );
}

async function Done({ what, values }: { what: string; values: Record<string, string> }) {
  const t = await getTranslations("templates.done");
  const { number = "", email = "" } = values;
  switch (what) {
    case "text-saved":
    case "text-unchanged":
    case "text-asked":
    case "text-sent-back":
    case "text-discarded":
    case "text-looked-at":
      return <Status>{t(what)}</Status>;
    case "text-published":
      return <Status>{t(what, { number })}</Status>;
    case "text-test":
      return <Status>{t(what, { email })}</Status>;
    default:
      return null;
  }
}
