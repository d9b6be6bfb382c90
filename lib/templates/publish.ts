import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { deleteDraft, findAuthors, findDraft } from "@/lib/templates/draft-store";
import { judgeLive, type Refusal } from "@/lib/templates/judge-live";
import { findPublicationFacts } from "@/lib/templates/publication-facts";
import { judgePublication, type PublicationVerdict } from "@/lib/templates/rules/judge-publication";
import { addVersion, findNewest } from "@/lib/templates/store";
import { builtInHash, contentOf, storedOf } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";

/** What becomes of a publication. */
export type PublishOutcome =
  /** By its number in its text and language. */
  | { kind: "published"; version: number; warnings: Refusal[] }
  | { kind: "refused"; refusals: Refusal[]; warnings: Refusal[] }
  | Exclude<PublicationVerdict, { kind: "may-publish" }>
  | { kind: "signed-out" };

/**
 * Makes a draft live that somebody asked to publish, where whoever does so is a second person and the gate
 * finds nothing. Publications come one after the other: each is judged beside what is live then.
 *
 * @param shown.seen the revision that was shown: another publishes nothing
 */
export async function publish(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<PublishOutcome> {
  const outcome = await asEditor(staff, (tx, now) =>
    publishUnderLock(tx, { staff, key, seen: shown.seen, now }),
  );
  log.info({ text: textName(key), outcome: outcome.kind }, "publication judged");
  return outcome;
}

async function publishUnderLock(
  tx: Database,
  { staff, key, seen, now }: { staff: StaffMember; key: TextKey; seen: string; now: Date },
): Promise<PublishOutcome> {
  const draft = await findDraft(tx, key);
  const newest = (await findNewest(tx, key))?.id ?? 0n;
  const facts = await findPublicationFacts(tx, staff, { key, draft, seen, newest });
  const verdict = judgePublication(facts);
  if (verdict.kind !== "may-publish") return verdict;
  if (draft === null) return { kind: "nothing-to-publish" };
  const content = contentOf(key, draft);
  const { refusals, warnings } = await judgeLive(tx, key, content, draft.text);
  if (content === null || refusals.length > 0) return { kind: "refused", refusals, warnings };
  const authors = (await findAuthors(tx, key)).map(({ id }) => id);
  const { number } = await addVersion(tx, {
    ...{ key, document: storedOf(content), builtIn: builtInHash(key), note: draft.note },
    ...{ action: "published", fromId: null, authors, publisher: staff.session.accountId, now },
  });
  await deleteDraft(tx, key);
  await recordAudit(tx, staff, {
    action: "template-published",
    subject: { kind: "template", id: textName(key) },
    details: { version: number, ...(facts.isAuthor ? { isAuthor: true } : {}) },
    now,
  });
  return { kind: "published", version: number, warnings };
}
