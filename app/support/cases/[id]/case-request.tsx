import { getTranslations } from "next-intl/server";
import { accountWords } from "@/app/account/account-words";
import { Facts } from "@/components/facts";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { CaseView } from "@/lib/cases/review/review-case";
import { caseNumbers } from "@/lib/cases/rules/limits";
import { isLocale, localeNames } from "@/lib/i18n/locales";

type CaseRequestProps = { session: LiveSession; found: CaseView };

/** What was sent, whole, and from where: staff compare it with the record. */
export async function CaseRequest({ session, found }: CaseRequestProps) {
  const t = await getTranslations("supportCases.case.sent");
  const proofs = await getTranslations("supportCases.proof");
  const words = await accountWords(session);
  const { sent, proof, moreAsked, refusedBecause } = found;
  const { accountEmail, newEmail, locale, fromLongTrusted, whatHappened } = sent;
  return (
    <>
      <Section title={t("title")}>
        <Facts
          facts={[
            { label: t("account"), value: accountEmail },
            { label: t("newEmail"), value: newEmail ?? t("noNewEmail") },
            { label: t("proof"), value: proofs(sent.proof) },
            { label: t("stillProven"), value: proofs(proof) },
            { label: t("from"), value: words.from(sent) },
            { label: t("browser"), value: words.device(sent) },
            {
              label: t("place", { days: caseNumbers.trustedDays }),
              value: t(fromLongTrusted ? "yes" : "no"),
            },
            { label: t("language"), value: isLocale(locale) ? localeNames[locale] : locale },
          ]}
        />
      </Section>
      <Written title={t("story")} text={whatHappened ?? t("noStory")} />
      {moreAsked === null ? null : <Written title={t("asked")} text={moreAsked} />}
      {refusedBecause === null ? null : <Written title={t("refused")} text={refusedBecause} />}
    </>
  );
}

/** What somebody wrote, with its lines. */
function Written({ title, text }: { title: string; text: string }) {
  return (
    <Section title={title}>
      <p className="whitespace-pre-line rounded-lg bg-sunken px-4 py-3">{text}</p>
    </Section>
  );
}
