import { languageOf, textWords } from "@/app/templates/text-words";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { Finding, Refusal } from "@/lib/templates/judge-live";

/** Says what the gate found: where, what is wrong, what to do. */
export async function findingWords(about: TextKey) {
  const t = await getTranslations("templateFindings");
  const names = await textWords();
  const place = ({ where: spot }: Finding) =>
    spot.part === "text" && spot.line !== undefined
      ? t("where.line", { line: spot.line })
      : t(`where.${spot.part}`);
  return ({ of, finding }: Refusal): string => {
    const said = t(`kind.${finding.kind}`, { what: finding.what ?? "" });
    const placed = place(finding);
    const isOwn = of.subject === about.subject && of.language === about.language;
    const whose = isOwn ? "" : `${names.name(of)}, ${languageOf(of.language)}. `;
    return `${whose}${placed}. ${said}`;
  };
}
