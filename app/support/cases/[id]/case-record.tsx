import { accountWords } from "@/app/account/account-words";
import { Entries, Entry } from "@/components/entry";
import { type Fact, Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Reference } from "@/components/reference";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import type { CaseView } from "@/lib/cases/review/review-case";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

type AccountRecord = NonNullable<CaseView["record"]>;
type CaseRecordProps = { session: LiveSession; record: CaseView["record"] };

/** What we know of the account of a case besides what is compared with what was sent. */
export async function CaseRecord({ session, record }: CaseRecordProps) {
  const t = await getTranslations("supportCases.case.record");
  if (record === null) return null;
  return (
    <>
      <Section title={t("besides")}>
        <Facts facts={await recordFacts(session, record)} />
      </Section>
      <SignIns session={session} record={record} />
      <OtherCases session={session} record={record} />
    </>
  );
}

async function recordFacts(session: LiveSession, record: AccountRecord): Promise<Fact[]> {
  const t = await getTranslations("supportCases.case.record");
  const { when } = await accountWords(session);
  const { createdAt, closesAt, isStaff } = record;
  return [
    { label: t("created"), value: <Moment at={createdAt}>{when(createdAt)}</Moment> },
    ...(isStaff ? [{ label: t("staff"), value: t("isStaff") }] : []),
    ...(closesAt === null
      ? []
      : [{ label: t("closes"), value: <Moment at={closesAt}>{when(closesAt)}</Moment> }]),
  ];
}

async function SignIns({ session, record }: { session: LiveSession; record: AccountRecord }) {
  const t = await getTranslations("supportCases.case.record");
  const words = await accountWords(session);
  return (
    <Section title={t("signIns")}>
      {record.signIns.length === 0 ? (
        <p>{t("noSignIns", { days: HISTORY_DAYS })}</p>
      ) : (
        <Entries>
          {record.signIns.map((one) => (
            <Entry
              key={one.id}
              id={`sign-in-${one.id}`}
              title={words.from(one)}
              lines={[
                <Moment key="at" at={one.at} quiet>
                  {words.when(one.at)}
                </Moment>,
                words.device(one),
              ]}
            />
          ))}
        </Entries>
      )}
    </Section>
  );
}

async function OtherCases({ session, record }: { session: LiveSession; record: AccountRecord }) {
  const t = await getTranslations("supportCases.case.record");
  const states = await getTranslations("supportCases.state");
  const { when } = await accountWords(session);
  return (
    <Section title={t("otherCases")}>
      {record.otherCases.length === 0 ? (
        <p>{t("noOtherCases")}</p>
      ) : (
        <Entries>
          {record.otherCases.map(({ id, reference, state, sentAt }) => (
            <Entry
              key={id}
              id={`case-${id}`}
              title={
                <TextLink href={`/support/cases/${id}`}>
                  <Reference>{reference}</Reference>
                </TextLink>
              }
              lines={[
                states(state),
                <Moment key="at" at={sentAt} quiet>
                  {when(sentAt)}
                </Moment>,
              ]}
            />
          ))}
        </Entries>
      )}
    </Section>
  );
}
