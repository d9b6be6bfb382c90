import type { accountWords } from "@/app/account/account-words";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";
import type { ProofSheet } from "@/lib/templates/proof/proof-text";
import { PROOF_LOOKED_AT, PROOF_MAILS } from "@/lib/templates/rules/limits";

type ProofSummaryProps = {
  sheet: ProofSheet;
  words: Awaited<ReturnType<typeof accountWords>>;
};

/** How many mails of a sheet are fine, and of each trouble how many have it. */
export async function ProofSummary({ sheet, words }: ProofSummaryProps) {
  const t = await getTranslations("templateProof");
  const { mails, fine, troubles, builtIn, since, isCut } = sheet;
  const all = mails.length;
  return (
    <Section id="summary" title={t("summary.title")}>
      <p>{t(`of.${sheet.of}`)}</p>
      <p className="font-medium">
        {all === 0
          ? t("none")
          : t(fine === all ? "summary.allFine" : "summary.fine", { fine, all })}
      </p>
      {troubles.length === 0 ? null : (
        <ul className="list-disc pl-6">
          {troubles.map(({ kind, mails: count }) => (
            <li key={kind}>{t(`trouble.${kind}`, { count })}</li>
          ))}
        </ul>
      )}
      {builtIn === 0 || sheet.of === "built-in" ? null : (
        <p>{t("summary.builtIn", { count: builtIn })}</p>
      )}
      <p className="text-quiet text-sm">
        {since === null ? null : t("summary.since", { date: words.when(since) })}{" "}
        {isCut ? t("summary.cut", { looked: PROOF_LOOKED_AT, mails: PROOF_MAILS }) : null}
      </p>
    </Section>
  );
}
