import { changeDraft, type NoDraft } from "@/lib/cases/change-draft";
import { confirmNewEmail } from "@/lib/cases/draft-store";
import { addressSubject, findJudgedCode } from "@/lib/cases/new-address";
import type { FoundCase } from "@/lib/cases/store";
import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import {
  claimResend,
  countTry,
  endChallenge,
  forgetAttempts,
  type Pending,
  storeBlock,
  subjectOf,
} from "@/lib/challenge/challenge-store";
import { judgeCode } from "@/lib/challenge/rules/judge-code";
import { judgeResend } from "@/lib/challenge/rules/judge-resend";
import { readTypedCode } from "@/lib/challenge/rules/typed-code";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { isCodeOf } from "@/lib/sign-in/code";
import { newReference } from "@/lib/sign-in/reference";
import { type Database, lockSubject } from "@/lib/sign-in/store";

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
  const outcome = await changeDraft(id, async (tx, draft, at): Promise<ConfirmAddressOutcome> => {
    // Two presses of the same button: the first one confirmed.
    if (draft.newEmail !== null && draft.newEmailConfirmedAt !== null) {
      return { kind: "confirmed", email: draft.newEmail };
    }
    const code = await findOpenCode(tx, draft, at);
    if (code === null) return { kind: "over" };
    if (shown !== null && shown !== code.id) return { kind: "newer-address" };
    return judgeTyped(tx, draft, code, typed, at);
  });
  log.info({ caseId: id, outcome: outcome.kind }, "lost mailbox: code of a new address judged");
  return outcome;
}

/** The draft's code as long as one may be typed, with the counts of its address locked. */
async function findOpenCode(tx: Database, draft: FoundCase, at: Date): Promise<Pending | null> {
  if (draft.newEmail === null) return null;
  await lockSubject(tx, addressSubject(draft.newEmail));
  const found = await findJudgedCode(tx, draft, at);
  return found?.verdict.kind === "admitted" ? found.code : null;
}

async function judgeTyped(
  tx: Database,
  draft: FoundCase,
  code: Pending,
  text: string,
  at: Date,
): Promise<ConfirmAddressOutcome> {
  const typed = readTypedCode(text);
  if (typed === null) return { kind: "not-a-code" };
  const subject = subjectOf(code);
  const tries = await countTry(tx, subject, code.place, at);
  if (tries === null) throw new Error("A block appeared under the lock of its address.");
  const verdict = judgeCode({ now: at, right: isCodeOf(code, typed), tries }, env());
  switch (verdict.kind) {
    case "wrong":
      return verdict;
    case "blocked": {
      const { until } = verdict;
      await storeBlock(tx, { challenge: code, until, reference: newReference(), now: at });
      return { kind: "over" };
    }
    case "right":
      await endChallenge(tx, code.id, "used", at);
      await forgetAttempts(tx, subject, code.place);
      await confirmNewEmail(tx, draft.id, code.email, at);
      return { kind: "confirmed", email: code.email };
  }
}

/** What becomes of "Send the code again". `over`: the page explains it. */
export type ResendAddressOutcome =
  | { kind: "sent"; email: string }
  | { kind: "too-early" | "too-often"; from: Date }
  | { kind: "over" }
  | NoDraft;

/** Mails the code for a draft's new address again; its end does not move. */
export function resendNewAddressCode(id: string | null): Promise<ResendAddressOutcome> {
  return changeDraft(id, async (tx, draft, at): Promise<ResendAddressOutcome> => {
    const code = await findOpenCode(tx, draft, at);
    if (code === null) return { kind: "over" };
    const verdict = judgeResend({ now: at, ...code });
    if (verdict.kind !== "send") return verdict;
    await claimResend(tx, code, at);
    await sendChallengeMail(tx, code, at);
    return { kind: "sent", email: code.email };
  });
}
