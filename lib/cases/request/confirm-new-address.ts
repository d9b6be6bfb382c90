import { changeDraft, type NoDraft } from "@/lib/cases/request/change-draft";
import { confirmNewEmail, heldBy } from "@/lib/cases/request/draft-store";
import { countedBy } from "@/lib/cases/request/new-address";
import type { FoundCase } from "@/lib/cases/store";
import { judgePending } from "@/lib/challenge/judge-pending";
import { isAnother, judgeTypedCode } from "@/lib/challenge/judge-typed-code";
import { findHeld, type Pending } from "@/lib/challenge/pending-store";
import { type SentAgain, sendAgain } from "@/lib/challenge/send-again";
import { lockOf } from "@/lib/challenge/subject";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";

/** What becomes of a code typed for a new address. `over`: the page explains it. */
export type ConfirmAddressOutcome =
  | { kind: "confirmed"; email: string }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "over" }
  /** A newer address replaced the one that the page showed. */
  | { kind: "newer-address" }
  | NoDraft;

/**
 * Judges the code for a draft's new address as those of a sign-in are judged. It may be typed from
 * another network: it belongs to the draft.
 *
 * @param shown which code the page asked for
 */
export async function confirmNewAddress(
  id: string | null,
  typed: string,
  shown: string | null,
): Promise<ConfirmAddressOutcome> {
  const outcome = await changeDraft(id, async (tx, draft, now): Promise<ConfirmAddressOutcome> => {
    // Two presses of the same button: the first one confirmed.
    if (draft.newEmail !== null && draft.newEmailConfirmedAt !== null) {
      return { kind: "confirmed", email: draft.newEmail };
    }
    const found = await findLocked(tx, draft, now);
    if (found === null) return { kind: "over" };
    if (isAnother(found, shown)) {
      const { verdict } = judgePending(found, now);
      return { kind: verdict.kind === "admitted" ? "newer-address" : "over" };
    }
    const verdict = await judgeTypedCode(tx, found, { text: typed }, now);
    switch (verdict.kind) {
      case "right":
        await confirmNewEmail(tx, draft.id, found.email, now);
        return { kind: "confirmed", email: found.email };
      case "wrong":
      case "not-a-code":
        return verdict;
      default:
        return { kind: "over" };
    }
  });
  log.info({ caseId: id, outcome: outcome.kind }, "case: code of a new address judged");
  return outcome;
}

/** The draft's latest code, with the counts of its address locked; null: there is none. */
async function findLocked(tx: Database, draft: FoundCase, now: Date): Promise<Pending | null> {
  if (draft.newEmail === null) return null;
  await lockSubject(tx, lockOf(countedBy(draft.newEmail)));
  return findHeld(tx, heldBy(draft.id), now);
}

/** What becomes of "Send the code again". `over`: the page explains it. */
export type ResendAddressOutcome =
  | { kind: "sent"; email: string }
  | Exclude<SentAgain, { kind: "sent" }>
  | NoDraft;

/** Mails the code for a draft's new address again; its end does not move. */
export function resendNewAddressCode(id: string | null): Promise<ResendAddressOutcome> {
  return changeDraft(id, async (tx, draft, now): Promise<ResendAddressOutcome> => {
    const found = await findLocked(tx, draft, now);
    if (found === null) return { kind: "over" };
    const sent = await sendAgain(tx, found, now);
    return sent.kind === "sent" ? { kind: "sent", email: found.email } : sent;
  });
}
