import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";
import { blockNameOf, frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findLiveTexts } from "@/lib/templates/store";
import { builtInContent, typedOf, typedOfStored } from "@/lib/templates/text-content";
import { kindOf, textName } from "@/lib/templates/text-key-of";
import { writeFile } from "@/lib/templates/transfer/text-file";

/** What becomes of an export. */
export type ExportOutcome =
  | { kind: "exported"; name: string; json: string }
  /** None of the texts is there. */
  | { kind: "nothing" }
  | { kind: "signed-out" };

/**
 * The live texts as a JSON file in the plain notation: the built-in ones too where they are asked for by
 * name, of "all" only what was published. It holds nobody's personal data: no author, note or time.
 */
export async function exportTexts(
  staff: StaffMember,
  keys: TextKey[] | "all",
): Promise<ExportOutcome> {
  return asEditor(staff, async (tx, now): Promise<ExportOutcome> => {
    const live = new Map(
      (await findLiveTexts(tx)).map(({ subject, language, document }) => {
        const key = { subject, language };
        return [textName(key), { key, text: typedOfStored(key, document) }] as const;
      }),
    );
    const wanted = keys === "all" ? everyKey([...live.values()].map(({ key }) => key)) : keys;
    const texts = wanted.flatMap((key) => {
      const found = live.get(textName(key));
      if (found !== undefined) return [found];
      const isOfBuiltIn =
        keys !== "all" && (kindOf(key) !== null || key.subject === frameKey.subject);
      return isOfBuiltIn ? [{ key, text: typedOf(builtInContent(key)) }] : [];
    });
    if (texts.length === 0) return { kind: "nothing" };
    await recordAudit(tx, staff, {
      action: "templates-exported",
      details: { texts: texts.length },
      now,
    });
    return { kind: "exported", name: "texts.json", json: writeFile(texts) };
  });
}

/** Blocks first, as mails name them, then the frame and mails in the order of their list. */
function everyKey(live: TextKey[]): TextKey[] {
  const blocks = live.filter(({ subject }) => blockNameOf(subject) !== null);
  const mails = mailKinds.flatMap((subject) => locales.map((language) => ({ subject, language })));
  return [...blocks, frameKey, ...mails];
}
