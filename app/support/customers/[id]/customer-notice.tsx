import { type ActForm, actForms, answeredForm } from "@/app/support/customers/[id]/act-answers";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { readTie } from "@/lib/colleagues/read-tie";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

type CustomerNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the last form on a customer's page led to. */
export async function CustomerNotice({ notice, timeZone }: CustomerNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused":
      return notice.reason === undefined ? (
        <Errors notice={notice} />
      ) : (
        <Refused notice={notice} timeZone={timeZone} />
      );
    case "done":
      return <Done what={notice.what} values={notice.values} timeZone={timeZone} />;
    default:
      return null;
  }
}

type RefusedNotice = Extract<Notice, { kind: "form-refused" }>;

async function Errors({ notice }: { notice: RefusedNotice }) {
  const act = actForms.find((one) => one === notice.form);
  if (act === undefined) return null;
  const { errors } = await answeredForm(notice, act satisfies ActForm, notice.values.target);
  return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
}

const refusals = [
  "oneself",
  "admins-only",
  "too-often",
  "staff",
  "case-open",
  "password-off",
  "has-factor",
  "no-pending",
  "blocked",
  "too-many-pins",
  "wrong-pin",
  "call-back-impossible",
  "own-doing",
  "not-independent",
] as const;

type RefusedProps = { notice: RefusedNotice; timeZone: string | null };

async function Refused({ notice, timeZone }: RefusedProps) {
  const t = await getTranslations("support.refused");
  const why = refusals.find((one) => one === notice.reason);
  if (why === undefined) return null;
  const { until, reference = "" } = notice;
  const tags = await momentTags(until === undefined ? new Date(0) : new Date(until), { timeZone });
  const ties = await getTranslations("support.tie");
  const tie = readTie(notice.values.tie);
  const because = tie === null ? "" : ties(tie);
  return <Alert title={t.rich(why, { ...tags, ...supportNumbers, reference, because })} />;
}

type DoneProps = { what: string; values: Record<string, string>; timeZone: string | null };

async function Done({ what, values, timeZone }: DoneProps) {
  const t = await getTranslations("support.done");
  const { until } = values;
  switch (what) {
    case "call-back-noted":
    case "pass-granted": {
      const tags = await momentTags(new Date(until ?? 0), { timeZone });
      return <Status>{t.rich(what, tags)}</Status>;
    }
    case "addresses-shown":
      return <Status>{t(what)}</Status>;
    default: {
      const acts = await getTranslations("acts");
      // What an act's step can answer is compared with these words where it is listed (act-steps.ts).
      const key = `${what}.done.${values.outcome}` as "block-lifted.done.lifted";
      return acts.has(key) ? <Status>{acts(key, values)}</Status> : null;
    }
  }
}
