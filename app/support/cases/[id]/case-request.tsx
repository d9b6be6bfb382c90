import { Facts } from "@/components/facts";
import { Section } from "@/components/section";
import type { CaseView } from "@/lib/cases/review/review-case";
import { isLocale, localeNames } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";

/** What was sent besides what is compared with the record: what was proven, and what was written. */
export async function CaseRequest({ found }: { found: CaseView }) {
  const t = await getTranslations("supportCases.case.sent");
  const proofs = await getTranslations("supportCases.proof");
  const { sent, proof, moreAsked, refusedBecause } = found;
  const { locale, whatHappened } = sent;
  return (
    <>
      <Written title={t("story")} text={whatHappened ?? t("noStory")} />
      {moreAsked === null ? null : <Written title={t("asked")} text={moreAsked} />}
      {refusedBecause === null ? null : <Written title={t("refused")} text={refusedBecause} />}
      <Section title={t("title")}>
        <Facts
          facts={[
            { label: t("proof"), value: proofs(sent.proof) },
            { label: t("stillProven"), value: proofs(proof) },
            { label: t("language"), value: isLocale(locale) ? localeNames[locale] : locale },
          ]}
        />
      </Section>
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
