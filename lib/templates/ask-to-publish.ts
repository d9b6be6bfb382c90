import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findAuthors, findDraft, storeAsked } from "@/lib/templates/draft-store";
import { judgeLive, type Refusal } from "@/lib/templates/judge-live";
import { notifyEditors } from "@/lib/templates/notify-editors";
import { type SaveOutcome, saveUnderLock } from "@/lib/templates/save-draft";
import { findNewest } from "@/lib/templates/store";
import { contentOf, typedOfStored } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";
import { isSameText, type TypedDraft } from "@/lib/templates/typed-text";

/** What becomes of a request to publish. `warnings` do not hinder it. */
export type AskOutcome =
  | Exclude<SaveOutcome, { kind: "saved" | "unchanged" }>
  | { kind: "asked"; revision: string; warnings: Refusal[] }
  /** The draft is kept as it was typed. */
  | { kind: "refused"; revision: string; refusals: Refusal[]; warnings: Refusal[] }
  /** It is what is live. */
  | { kind: "nothing-to-publish" };

/**
 * Saves what was typed and asks for its publication, which the gate judges at once; those who may publish
 * it are notified. Whoever asks without a change is no author by that.
 *
 * @param typed from anybody, as it came
 */
export async function askToPublish(
  staff: StaffMember,
  key: TextKey,
  typed: TypedDraft,
): Promise<AskOutcome> {
  const outcome = await asEditor(staff, async (tx, now): Promise<AskOutcome> => {
    const saved = await saveUnderLock(tx, { staff, key, typed, now });
    if (saved.kind !== "saved" && saved.kind !== "unchanged") return saved;
    const asked = await ask(tx, { staff, key, now });
    const action =
      asked.kind === "asked" ? "template-asked" : saved.kind === "saved" ? "template-saved" : null;
    if (action !== null) {
      const subject = { kind: "template" as const, id: textName(key) };
      await recordAudit(tx, staff, { action, subject, now });
    }
    return asked;
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "publication asked for");
  return outcome;
}

async function ask(
  tx: Database,
  { staff, key, now }: { staff: StaffMember; key: TextKey; now: Date },
): Promise<AskOutcome> {
  const draft = await findDraft(tx, key);
  const newest = await findNewest(tx, key);
  const live = typedOfStored(key, newest?.document ?? null);
  if (draft === null || isSameText(draft, live)) return { kind: "nothing-to-publish" };
  const { refusals, warnings } = await judgeLive(tx, key, contentOf(key, draft), draft.text);
  const { revision } = draft;
  if (refusals.length > 0) return { kind: "refused", revision, refusals, warnings };
  const { accountId, account } = staff.session;
  if (draft.state === "waiting") return { kind: "asked", revision, warnings };
  await storeAsked(tx, key, { accountId, now });
  const authors = (await findAuthors(tx, key)).map(({ id }) => id);
  await notifyEditors(tx, {
    kind: "template-waits",
    except: [accountId, ...authors],
    client: staff.client,
    about: { text: textName(key), by: account.email, note: draft.note },
    now,
  });
  return { kind: "asked", revision, warnings };
}
