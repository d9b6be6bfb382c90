import { isAnother, judgeAnswerOf } from "@/lib/challenge/judge-typed-code";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import { withPending } from "@/lib/challenge/with-pending";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { CeremonyHolder } from "@/lib/passkeys/ceremony-store";
import type { SentAnswer } from "@/lib/passkeys/judge-new-passkey";
import { judgeTaken, type TakenAnswer, takeAnswer } from "@/lib/passkeys/judge-passkey-answer";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { type LetInBy, type SignIn, settleJudged } from "@/lib/sign-in/settle-code";
import type { PasskeyRefused } from "@/lib/sign-in/sign-in-passkey";
import { findTypedPending, type TypedPending } from "@/lib/sign-in/typed-pending-store";
import { entered, outcomeOf, type VerifyOutcome } from "@/lib/sign-in/verify-code";

/** A passkey's answer as the second step of a pending sign-in. */
export type PasskeyStep = {
  sent: SentAnswer;
  cookie: PendingCookie | null;
  /** Which pending sign-in the page showed; another one means that a newer sign-in replaced it. */
  shown: string | null;
  /** Whether the network is trusted from now on; trusted if left out. */
  trust?: boolean;
  client: Client;
  browserId: string;
};

export type PasskeyStepOutcome = VerifyOutcome | PasskeyRefused;

/** Whom the ceremony of a second step belongs to: one pending sign-in of one browser. */
export const secondStepHolder = (
  { id: challengeId, accountId }: Pick<SignIn, "id" | "accountId">,
  browserId: string,
): CeremonyHolder => ({
  ...{ purpose: "second-step", browserId, accountId, challengeId, sessionId: null },
});

const refused = (because: PasskeyRefusal): PasskeyRefused => ({
  ...{ kind: "passkey-refused", because, page: "/verify", unknownKey: null },
});

/**
 * Judges a passkey as the second step of a sign-in whose password was right. A wrong answer costs no
 * attempt: a signature cannot be guessed.
 *
 * @throws when the database cannot be reached
 */
export async function verifyPasskey(step: PasskeyStep): Promise<PasskeyStepOutcome> {
  let taken: TakenAnswer | null = null;
  const outcome = await withPending<PasskeyStepOutcome, TypedPending>(
    step.cookie,
    findTypedPending(step.client),
    {
      first: async (found) => {
        if (isAnother(found, step.shown)) return { kind: "superseded" };
        if (found.purpose !== "sign-in" || found.asks !== "factor") return refused("not-asked");
        const answer = await takeAnswer(step.sent, secondStepHolder(found, step.browserId));
        if (answer.kind === "refused") return refused(answer.because);
        taken = answer.taken;
        return null;
      },
      locked: async (tx, pending, now) => {
        if (taken === null || pending.purpose !== "sign-in") return refused("not-asked");
        return settle(tx, step, taken, pending, now);
      },
    },
  );
  const because = outcome.kind === "passkey-refused" ? outcome.because : undefined;
  log.info(
    { network: networkKeyOf(step.client), outcome: outcome.kind, because },
    "passkey as second step judged",
  );
  return outcome;
}

async function settle(
  tx: Database,
  { client, trust = true }: PasskeyStep,
  taken: TakenAnswer,
  pending: SignIn,
  now: Date,
): Promise<PasskeyStepOutcome> {
  // Blocks, an end and another network come first, as for what is typed.
  const judged = judgeAnswerOf(pending, () => true, networkKeyOf(client), now);
  if (judged.verdict.kind === "right") {
    const answer = await judgeTaken(tx, taken, pending.accountId, now);
    if (answer.kind === "refused") return refused(answer.because);
  }
  const by: LetInBy = { because: "factor", judgedBecause: "right-factor", parts: [] };
  const held = { database: tx, isLocked: true };
  const settled = await settleJudged(held, { trust, client }, pending, judged, by, now);
  if (settled === null) return { kind: "used" };
  return settled.kind === "right" ? entered(settled, pending) : outcomeOf(settled, pending);
}
