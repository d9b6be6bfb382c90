import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findBlockDrafts, findLiveBlocks } from "@/lib/templates/block-store";
import { findLiveUses } from "@/lib/templates/blocks";
import { findDraft, storeDiscarded } from "@/lib/templates/draft-store";
import { notifyEditors } from "@/lib/templates/notify-editors";
import { addVersion, findNewest } from "@/lib/templates/store";
import { textName } from "@/lib/templates/text-key-of";

/** A block in a language in which it can be taken away, once no live text shows it there. */
export type RemovableBlock = {
  key: TextKey;
  /** `draft`: it was never live there, or is gone, and somebody has begun it anew. */
  is: "live" | "draft";
  /** What `removeBlock` takes as `seen`. */
  seen: string;
  /** The live texts that show it. */
  uses: TextKey[];
};

/** Where there is something of blocks to be taken away, by name and language. */
export async function listRemovable(_staff: StaffMember): Promise<RemovableBlock[]> {
  const live = await findLiveBlocks(database);
  const names = new Set(live.map(textName));
  const drafts = (await findBlockDrafts(database)).filter((draft) => !names.has(textName(draft)));
  const uses = await findLiveUses(database);
  const all: RemovableBlock[] = [
    ...live.map(({ id, ...key }) => ({
      ...{ key, is: "live" as const, seen: id.toString(), uses: usesOf(uses, key) },
    })),
    ...drafts.map(({ revision, ...key }) => ({
      ...{ key, is: "draft" as const, seen: revision, uses: [] },
    })),
  ];
  return all.sort((one, other) => (textName(one.key) < textName(other.key) ? -1 : 1));
}

type Uses = Awaited<ReturnType<typeof findLiveUses>>;

const usesOf = (uses: Uses, { subject, language }: TextKey): TextKey[] =>
  uses
    .filter(
      ({ key, names }) => key.language === language && names.includes(blockNameOf(subject) ?? ""),
    )
    .map(({ key }) => key);

/** What becomes of a request to take a block away. */
export type RemoveBlockOutcome =
  /** `draft-removed`: it was never live in this language, or is gone; its draft is discarded. */
  | { kind: "removed" | "draft-removed" | "outdated" | "unknown" | "signed-out" }
  /** These live texts show it. */
  | { kind: "in-use"; by: TextKey[] };

/**
 * Takes a block away in one language that no live text shows there, at once and by one person; the other
 * editors are notified. Its versions stay, and so does the draft of one that was live. Of one that is a
 * draft alone the draft is discarded, of which nobody is notified.
 *
 * @param shown.seen the id of the newest version, or of a draft alone its revision, as it was shown
 */
export async function removeBlock(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<RemoveBlockOutcome> {
  if (blockNameOf(key.subject) === null) return { kind: "unknown" };
  const outcome = await asEditor(staff, async (tx, now): Promise<RemoveBlockOutcome> => {
    const newest = await findNewest(tx, key);
    if (newest === null || newest.document === null)
      return removeDraft(tx, staff, { key, shown, now });
    if (newest.id.toString() !== shown.seen) return { kind: "outdated" };
    const by = usesOf(await findLiveUses(tx), key);
    if (by.length > 0) return { kind: "in-use", by };
    await makeGone(tx, staff, { key, now });
    return { kind: "removed" };
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "block removed");
  return outcome;
}

type Removal = { key: TextKey; now: Date };

async function removeDraft(
  tx: Database,
  staff: StaffMember,
  { key, shown, now }: Removal & { shown: { seen: string } },
): Promise<RemoveBlockOutcome> {
  const draft = await findDraft(tx, key);
  if (draft === null) return { kind: "unknown" };
  if (draft.revision !== shown.seen) return { kind: "outdated" };
  await storeDiscarded(tx, key);
  const subject = { kind: "template" as const, id: textName(key) };
  await recordAudit(tx, staff, { action: "template-discarded", subject, now });
  return { kind: "draft-removed" };
}

async function makeGone(tx: Database, staff: StaffMember, { key, now }: Removal): Promise<void> {
  const { accountId, account } = staff.session;
  const { number } = await addVersion(tx, {
    ...{ key, document: null, builtIn: null, action: "built-in", fromId: null, note: "" },
    ...{ authors: [], publisher: accountId, now },
  });
  await notifyEditors(tx, {
    kind: "template-made-live",
    except: [accountId],
    client: staff.client,
    about: { text: textName(key), by: account.email },
    now,
  });
  await recordAudit(tx, staff, {
    action: "template-block-removed",
    subject: { kind: "template", id: textName(key) },
    details: { version: number },
    now,
  });
}
