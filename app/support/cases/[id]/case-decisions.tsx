import { accountWords } from "@/app/account/account-words";
import { Entries, Entry } from "@/components/entry";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { CaseView } from "@/lib/cases/review/review-case";
import { getTranslations } from "@/lib/i18n/translations";

type CaseDecisionsProps = { session: LiveSession; decisions: CaseView["decisions"] };

/** Who decided what about a case, and why. */
export async function CaseDecisions({ session, decisions }: CaseDecisionsProps) {
  const t = await getTranslations("supportCases.case.decisions");
  const { when } = await accountWords(session);
  return (
    <Section title={t("title")}>
      {decisions.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Entries>
          {decisions.map(({ id, staffName: name, verdict, reason, at, counts }) => (
            <Entry
              key={id}
              id={`decision-${id}`}
              title={t(verdict, { name })}
              badges={verdict === "approve" ? [t(counts ? "counts" : "former")] : []}
              lines={[
                <span key="reason" className="whitespace-pre-line text-text">
                  {reason}
                </span>,
                <Moment key="at" at={at} quiet>
                  {when(at)}
                </Moment>,
              ]}
            />
          ))}
        </Entries>
      )}
    </Section>
  );
}
