import { textPath } from "@/app/templates/text-address";
import { DataTable } from "@/components/data-table";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";
import { HTML_BYTES_MOST, SUBJECT_CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { ProofTrouble } from "@/lib/templates/proof/proof-mail";
import type { ListedProof, ProofSheet } from "@/lib/templates/proof/proof-text";
import { NARROW_PX, PROOF_LISTED } from "@/lib/templates/rules/limits";

const KILOBYTE = 1024;

/** Says what is wrong with a mail, and what to do. */
async function troubleWords() {
  const t = await getTranslations("templateProof.say");
  return (trouble: ProofTrouble): string => {
    switch (trouble.kind) {
      case "breaks":
        return t("breaks");
      case "missing":
        return t("missing", { names: trouble.names.map((name) => `{{${name}}}`).join(", ") });
      case "overflow":
        return t("overflow", { ...trouble, pixels: NARROW_PX });
      case "long-subject":
        return t("long-subject", { ...trouble, most: SUBJECT_CHARACTERS_MOST });
      case "heavy":
        return t("heavy", { ...trouble, most: HTML_BYTES_MOST / KILOBYTE });
    }
  };
}

type ProofListProps = { of: TextKey; sheet: ProofSheet; chosen: number };

/** The mails of a sheet, those with a trouble first; each leads to itself as a whole. */
export async function ProofList({ of, sheet: { mails, at }, chosen }: ProofListProps) {
  const t = await getTranslations("templateProof.list");
  const say = await troubleWords();
  const row = ({ number, subject, previewLine, troubles }: ListedProof) => ({
    key: String(number),
    cells: [
      number,
      <span key="subject" className="grid gap-0.5 [overflow-wrap:anywhere]">
        <TextLink
          href={`${textPath(of, "proof")}&proof=${number}&at=${at.getTime()}#mail`}
          {...(number === chosen ? { "aria-current": "true" as const } : {})}
        >
          {subject ?? t("noSubject")}
        </TextLink>
        <span className="text-quiet text-sm">{previewLine}</span>
      </span>,
      troubles.length === 0 ? (
        t("fine")
      ) : (
        <ul key="state" className="grid min-w-64 gap-1 [overflow-wrap:anywhere]">
          {troubles.map((trouble) => (
            <li key={trouble.kind}>{say(trouble)}</li>
          ))}
        </ul>
      ),
    ],
  });
  return (
    <Section id="mails" title={t("title")}>
      <DataTable
        caption={t("caption")}
        headings={[t("number"), t("subject"), t("state")]}
        rows={mails.slice(0, PROOF_LISTED).map(row)}
      />
      {mails.length <= PROOF_LISTED ? null : (
        <p className="text-quiet text-sm">{t("shown", { listed: PROOF_LISTED })}</p>
      )}
    </Section>
  );
}
