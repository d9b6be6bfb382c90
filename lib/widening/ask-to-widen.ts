import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { endHeld } from "@/lib/challenge/challenge-store";
import { findBlock } from "@/lib/challenge/judge-pending";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { type Database, database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { hasRecoveryCodes } from "@/lib/factors/factors-store";
import { isFreshProof } from "@/lib/factors/rules/fresh-proof";
import { log } from "@/lib/log/log";
import { provePassword } from "@/lib/password/prove-password";
import { isFactorEnding } from "@/lib/two-step/end-store";
import { alsoLockedFor, type CarriedOut, carryOut } from "@/lib/widening/carry-out";
import { judgeAsking } from "@/lib/widening/rules/judge-asking";
import { findWideningCodes, heldBy } from "@/lib/widening/store";
import type { WideningRequest } from "@/lib/widening/widening-request";

/** What becomes of a request that widens access. Only `password-wrong` costs an attempt. */
export type WideningOutcome =
  | { kind: "done"; result: CarriedOut }
  /** A code was mailed; `/account/confirm` asks for it. */
  | { kind: "code-asked" }
  /** Nothing was mailed; `/account/confirm` asks for the second factor. */
  | { kind: "factor-asked" }
  | { kind: "password-missing" }
  | { kind: "password-wrong" }
  /** Too many wrong passwords. */
  | { kind: "too-many"; until: Date }
  | { kind: "codes-used-up"; until: Date }
  | { kind: "password-must-change" }
  /** A factor is announced to end: until that is settled, nothing is changed. */
  | { kind: "frozen" }
  | { kind: "blocked"; until: Date; reference: string }
  /** The session ended, or the password changed, while this was under way. */
  | { kind: "signed-out" };

/**
 * Grants what widens access to an account to whoever knows its password and, in this session or at
 * its beginning, has proven its mailbox, or its second factor where it has one; otherwise mails a code or
 * asks for the factor, and keeps the request until that is right.
 */
export async function askToWiden(
  actor: Actor,
  password: string,
  request: WideningRequest,
): Promise<WideningOutcome> {
  const outcome = await judgeAndCarryOut(actor, password, request);
  const { accountId } = actor.session;
  log.info(
    { accountId, request: request.kind, outcome: outcome.kind },
    "request to widen access judged",
  );
  return outcome;
}

/** The first recovery codes come with the factor that was proven beside the password just now. */
const needsNoPassword = async (
  { session }: Actor,
  password: string,
  { kind }: WideningRequest,
): Promise<boolean> =>
  password === "" &&
  kind === "make-recovery-codes" &&
  session.account.hasFactor &&
  isFreshProof(session, readClock()) &&
  !(await hasRecoveryCodes(database, session.accountId));

async function judgeAndCarryOut(
  actor: Actor,
  password: string,
  request: WideningRequest,
): Promise<WideningOutcome> {
  if (!(await needsNoPassword(actor, password, request))) {
    const proof = await provePassword(actor, password);
    if (proof.kind === "too-many") return proof;
    if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  }
  const { session, client } = actor;
  const { id: sessionId, accountId } = session;
  const lockedToo = await alsoLockedFor(request);
  const work = async (tx: Database, now: Date): Promise<WideningOutcome> => {
    const block = await findBlock(
      tx,
      { purpose: "widening", accountId },
      networkKeyOf(client),
      now,
    );
    const isKeeping = request.kind === "keep-factors";
    const verdict = judgeAsking({
      now,
      frozen: !isKeeping && (await isFactorEnding(tx, accountId)),
      ...(await findWideningCodes(tx, { accountId, sessionId }, now)),
      block,
      accountCodesPerHour: env().accountCodesPerHour,
    });
    switch (verdict.kind) {
      case "carry-out":
        return { kind: "done", result: await carryOut(tx, actor, request, now, lockedToo) };
      case "ask-code":
      case "ask-factor": {
        const asksFactor = verdict.kind === "ask-factor";
        const { account } = session;
        await endHeld(tx, heldBy(sessionId), "superseded", now);
        // It is held by the session: nobody is given the secret of a cookie.
        const asked = { purpose: "widening", account, sessionId, request, asksFactor } as const;
        await openChallenge(tx, { ...actor, ...asked }, now);
        return { kind: asksFactor ? "factor-asked" : "code-asked" };
      }
      default:
        return verdict;
    }
  };
  return asCustomer(actor, work, lockedToo);
}
