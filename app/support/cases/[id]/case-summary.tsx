import { accountWords } from "@/app/account/account-words";
import { ageText } from "@/app/support/cases/age-text";
import { CaseFlags } from "@/app/support/cases/case-flags";
import { Alert } from "@/components/alert";
import type { Fact } from "@/components/facts";
import { Moment } from "@/components/moment";
import type { LiveSession } from "@/lib/account/session-store";
import type { CaseView } from "@/lib/cases/review/review-case";
import { approvalsAfterObjection } from "@/lib/cases/review/settings";
import { readClock } from "@/lib/clock";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type CaseSummaryProps = { session: LiveSession; found: CaseView };

/** How far a case has come, and what staff look at twice. */
export async function CaseSummary({ session, found }: CaseSummaryProps) {
  const t = await getTranslations("supportCases.case");
  const state = await getTranslations("supportCases.state");
  const ties = await getTranslations("support.tie");
  const approvals = (await getTranslations("supportCases"))("approvals", found.approvals);
  const { when } = await accountWords(session);
  const { sentAt, flags, lost } = found;
  const sent = `${when(sentAt)} (${ageText(sentAt, readClock(), await getLocale())})`;
  const facts: Fact[] = [
    { label: t("summary.lost"), value: (await getTranslations("supportCases.lost"))(lost) },
    { label: t("summary.state"), value: state(found.state) },
    { label: t("summary.agreed"), value: approvals },
    { label: t("summary.sent"), value: <Moment at={sentAt}>{sent}</Moment> },
    ...(await timeFacts({ session, found })),
    ...(flags.length === 0
      ? []
      : [{ label: t("summary.flags"), value: <CaseFlags flags={flags} /> }]),
  ];
  return (
    <>
      {found.isOneself ? <Alert title={t("oneself")} /> : null}
      {found.isOfStaff && found.canDecide !== "nothing" ? (
        <Alert title={t("ofStaff.title")}>
          <p>{t("ofStaff.what", { count: approvalsAfterObjection })}</p>
        </Alert>
      ) : null}
      {lost === "second-factor" && found.canDecide !== "nothing" ? (
        <Alert title={t("factors.title")}>
          <p>{t("factors.what")}</p>
        </Alert>
      ) : null}
      {found.tie !== null && found.canDecide === "all" && found.mayApprove && !found.isOneself ? (
        <Alert title={t("tie.title")}>
          <p>{ties(found.tie)}</p>
          <p>{t("tie.what")}</p>
        </Alert>
      ) : null}
      <Objection session={session} objected={found.objected} />
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {facts.map(({ label, value }) => (
          <div key={label} className="min-w-0">
            <dt className="text-quiet text-sm">{label}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** When it is carried out, would be, or was not; each where it matters. */
async function timeFacts({ session, found }: CaseSummaryProps): Promise<Fact[]> {
  const t = await getTranslations("supportCases.case.summary");
  const { when } = await accountWords(session);
  const { state, canDecide, coolsUntil, wouldChangeAt, answerBy, endedAt } = found;
  const fact = (label: string, at: Date | null) =>
    at === null ? [] : [{ label, value: <Moment at={at}>{when(at)}</Moment> }];
  if (state === "approved") return fact(t("changes"), coolsUntil);
  if (canDecide !== "all") return fact(t("ended"), endedAt);
  return [...fact(t("answerBy"), answerBy), ...fact(t("wouldChange"), wouldChangeAt)];
}

type ObjectionProps = { session: LiveSession; objected: CaseView["objected"] };

async function Objection({ session, objected }: ObjectionProps) {
  if (objected === null) return null;
  const t = await getTranslations("supportCases.case.objected");
  const { by, at } = objected;
  const tags = await momentTags(at, { timeZone: session.account.timeZone });
  return (
    <Alert title={t("title")}>
      <p>{by === null ? t.rich("whoUnknown", tags) : t.rich("who", { ...tags, address: by })}</p>
      <p>{t("what", { count: approvalsAfterObjection })}</p>
    </Alert>
  );
}
