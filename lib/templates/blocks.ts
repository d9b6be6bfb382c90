import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { blocksOf } from "@/lib/mail/edited/edited-text";
import { NAME_PATTERN } from "@/lib/mail-document/document";
import { blockKey, blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findBlockSubjects, isBlockKnown } from "@/lib/templates/block-store";
import { storeDraft } from "@/lib/templates/draft-store";
import { type ListedText, listTexts } from "@/lib/templates/list-texts";
import { BLOCKS_MOST } from "@/lib/templates/rules/limits";
import { findTemplateSettings } from "@/lib/templates/settings";
import { findLiveTexts, findNewest } from "@/lib/templates/store";
import { storedContent } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";

/** A named block, and how many live texts show it. */
export type ListedBlock = ListedText & { name: string; uses: number };

/** The named blocks, by name. */
export async function listBlocks(staff: StaffMember): Promise<ListedBlock[]> {
  const { blocks } = await listTexts(staff);
  const live = await findLiveUses(database);
  return blocks.map((block) => {
    const name = blockNameOf(block.subject) ?? "";
    return { ...block, name, uses: live.filter(({ names }) => names.includes(name)).length };
  });
}

/** What the live texts show of blocks. */
export async function findLiveUses(
  database: Database,
): Promise<{ key: TextKey; names: string[] }[]> {
  const live = await findLiveTexts(database);
  return live.flatMap(({ subject, language, document }) => {
    const key = { subject, language };
    const content = storedContent(key, document);
    if (content === null || "frame" in content) return [];
    return [{ key, names: blocksOf(content.document) }];
  });
}

/** What becomes of a request for a new block. `invalid`: that is no name. */
export type CreateBlockOutcome =
  /** As an empty draft in the leading language. */
  { kind: "created"; key: TextKey } | { kind: "invalid" | "taken" | "too-many" | "signed-out" };

/**
 * Makes a named block.
 *
 * @param typed.name from anybody: letters of a to z, digits and dashes
 */
export async function createBlock(
  staff: StaffMember,
  typed: { name: string },
): Promise<CreateBlockOutcome> {
  const name = typed.name.trim();
  if (!NAME_PATTERN.test(name)) return { kind: "invalid" };
  const outcome = await asEditor(staff, async (tx, now): Promise<CreateBlockOutcome> => {
    const { leadingLanguage } = await findTemplateSettings(tx);
    const key = blockKey(name, leadingLanguage);
    if (await isBlockKnown(tx, key.subject)) return { kind: "taken" };
    if ((await findBlockSubjects(tx)).size >= BLOCKS_MOST) return { kind: "too-many" };
    const base = (await findNewest(tx, key))?.id ?? 0n;
    const { accountId } = staff.session;
    const empty = { subjectLine: "", previewLine: "", text: "", note: "" };
    await storeDraft(tx, key, { ...empty, base, accountId, now });
    await recordAudit(tx, staff, {
      action: "template-block-created",
      subject: { kind: "template", id: textName(key) },
      now,
    });
    return { kind: "created", key };
  });
  log.info({ block: name, outcome: outcome.kind }, "block created");
  return outcome;
}
