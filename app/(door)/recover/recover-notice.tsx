import { type RecoverForm, recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type RecoverNoticeProps = {
  notice: Notice | null;
  /** The forms of the page: what belongs to another one is not said here. */
  forms: readonly RecoverForm[];
  /** What of `done` belongs to the page. */
  done: readonly DoneOn[];
  /** Where an error leads, where that is not its form's own field. */
  targets?: Record<string, string>;
  timeZone: string | null;
};

const doneWhat = [
  "started",
  "code-sent",
  "code-sent-again",
  "too-early",
  "address-confirmed",
  "story-saved",
  "document-added",
  "document-known",
  "document-removed",
  "discarded",
  "sent",
  "sent-factors",
  "answered",
  "withdrawn",
] as const;

export type DoneOn = (typeof doneWhat)[number];

/** What the last form of a page led to. */
export async function RecoverNotice(props: RecoverNoticeProps) {
  const { notice, forms, done } = props;
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("recover.errors"))("unavailable")} />;
    case "form-refused":
      return forms.some((form) => form === notice.form) ? (
        <Refused {...props} notice={notice} />
      ) : null;
    case "done": {
      const what = done.find((one) => `recover-${one}` === notice.what);
      return what === undefined ? null : <Done {...props} what={what} values={notice.values} />;
    }
    default:
      return null;
  }
}

type RefusedProps = RecoverNoticeProps & { notice: Extract<Notice, { kind: "form-refused" }> };

async function Refused({ notice, forms, targets = {}, timeZone }: RefusedProps) {
  const t = await getTranslations("recover.errors");
  const answers = await Promise.all(forms.map((form) => recoverForm(notice, form)));
  const errors = answers.flatMap((answer) => answer.errors);
  if (errors.length > 0) {
    const title = (await getTranslations("common"))("problem");
    const led = errors.map(({ field, message }) => ({ field: targets[field] ?? field, message }));
    return <ErrorSummary title={title} errors={led} />;
  }
  const { reason, until, reference = "" } = notice;
  const tags = await momentTags(new Date(until ?? 0), { timeZone });
  switch (reason) {
    case "tooManyDrafts":
    case "tooManyCodes":
    case "tooManyDocuments":
    case "tooManyLooks":
    case "tooManySent":
    case "tooOften":
      return <Alert title={t.rich(reason, tags)} />;
    case "blocked":
      return <Alert title={t.rich(reason, { ...tags, reference })} />;
    case "unknown":
      return <Alert title={(await getTranslations("recover.lookUp"))("unknown")} />;
    case "noDraft": {
      const gone = await getTranslations("recover.gone");
      return <Alert title={gone("noDraft")} />;
    }
    case "tooManyLive":
    case "documentsFull":
      return <Alert title={t(reason, await recoverNumbers())} />;
    case "codeOver":
    case "newerAddress":
    case "statusOver":
      return <Alert title={t(reason)} />;
    default:
      return null;
  }
}

type DoneProps = Pick<RecoverNoticeProps, "timeZone"> & {
  what: DoneOn;
  values: Record<string, string>;
};

async function Done({ what, values, timeZone }: DoneProps) {
  const t = await getTranslations("recover.notices");
  const { address = "", name = "", until, from } = values;
  switch (what) {
    case "started": {
      const tags = await momentTags(new Date(until ?? 0), { timeZone });
      return <Status>{t.rich(what, tags)}</Status>;
    }
    case "too-early": {
      const tags = await momentTags(new Date(from ?? 0), { timeZone, seconds: true });
      return <Status>{t.rich(what, tags)}</Status>;
    }
    case "code-sent":
    case "code-sent-again":
    case "address-confirmed":
    case "sent":
      return <Status>{t(what, { address })}</Status>;
    case "document-added":
    case "document-known":
      return <Status>{t(what, { name })}</Status>;
    default:
      return <Status>{t(what)}</Status>;
  }
}

/** How long a draft lasted that was not sent, and when it ended. */
export async function LapsedNotice({ at, timeZone }: { at: Date; timeZone: string | null }) {
  const t = await getTranslations("recover.gone");
  const { hours } = await recoverNumbers();
  return <Alert title={t.rich("lapsed", { ...(await momentTags(at, { timeZone })), hours })} />;
}
