import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type ReasonError, readReason } from "@/lib/audit/rules/read-reason";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findDraft, storeSentBack } from "@/lib/templates/draft-store";
import { SENT_BACK_CHARACTERS_MOST } from "@/lib/templates/rules/limits";
import { textName } from "@/lib/templates/text-key-of";

/** What becomes of a request to send a draft back. `outdated`: another revision than shown. */
export type SendBackOutcome =
  | { kind: "sent-back" | "outdated" | "not-asked" | "nothing-to-publish" | "signed-out" }
  | { kind: "invalid"; error: Exclude<ReasonError, "reasonTooShort"> };

/**
 * Makes what waits to be published a draft again, with a reason; also one's own.
 *
 * @param typed.reason from anybody, as it came
 */
export async function sendBack(
  staff: StaffMember,
  key: TextKey,
  typed: { seen: string; reason: string },
): Promise<SendBackOutcome> {
  const read = readReason(typed.reason, { max: SENT_BACK_CHARACTERS_MOST });
  const outcome = await asEditor(staff, async (tx, now): Promise<SendBackOutcome> => {
    const draft = await findDraft(tx, key);
    if (draft === null) return { kind: "nothing-to-publish" };
    if (draft.revision !== typed.seen) return { kind: "outdated" };
    if (draft.state !== "waiting") return { kind: "not-asked" };
    if ("error" in read) return { kind: "invalid", error: read.error };
    await storeSentBack(tx, key, read.reason);
    await recordAudit(tx, staff, {
      action: "template-sent-back",
      subject: { kind: "template", id: textName(key) },
      reason: read.reason,
      now,
    });
    return { kind: "sent-back" };
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "draft sent back");
  return outcome;
}
