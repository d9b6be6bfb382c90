import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findDraft, storeDiscarded } from "@/lib/templates/draft-store";
import { textName } from "@/lib/templates/text-key-of";

/** What becomes of a request to discard a draft. `outdated`: another revision than shown. */
export type DiscardOutcome = {
  kind: "discarded" | "outdated" | "nothing-to-discard" | "signed-out";
};

/** Takes a draft away; whoever changed anything of it stays an author until the next publication. */
export async function discardDraft(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<DiscardOutcome> {
  const outcome = await asEditor(staff, async (tx, now): Promise<DiscardOutcome> => {
    const draft = await findDraft(tx, key);
    if (draft === null) return { kind: "nothing-to-discard" };
    if (draft.revision !== shown.seen) return { kind: "outdated" };
    await storeDiscarded(tx, key);
    const subject = { kind: "template" as const, id: textName(key) };
    await recordAudit(tx, staff, { action: "template-discarded", subject, now });
    return { kind: "discarded" };
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "draft discarded");
  return outcome;
}
