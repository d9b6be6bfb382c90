import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { placeOf } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { provePassword } from "@/lib/password/prove-password";
import { presentSecretId } from "@/lib/secrets/code";
import { hashSecret, newSecret } from "@/lib/secrets/secrets";
import { sendChallengeMail } from "@/lib/sign-in/challenge-mail";
import { findAttempts, storeChallenge, subjectOf } from "@/lib/sign-in/challenge-store";
import { liveAttempts } from "@/lib/sign-in/rules/code-attempts";
import { type CarriedOut, carryOut } from "@/lib/widening/carry-out";
import { judgeAsking } from "@/lib/widening/rules/judge-asking";
import { endWidenings, findWideningCodes } from "@/lib/widening/store";
import type { Wish } from "@/lib/widening/wish";

const purpose = "widening";

/** What becomes of a wish that widens access. Only `password-wrong` costs an attempt. */
export type WideningOutcome =
  | { kind: "done"; result: CarriedOut }
  /** A code was mailed; `/account/confirm` asks for it. */
  | { kind: "code-asked" }
  | { kind: "password-missing" }
  | { kind: "password-wrong" }
  /** Too many wrong passwords. */
  | { kind: "too-many"; until: Date }
  | { kind: "codes-used-up"; until: Date }
  | { kind: "password-must-change" }
  | { kind: "blocked"; until: Date; reference: string }
  /** The session ended, or the password changed, while this was under way. */
  | { kind: "signed-out" };

/**
 * Grants what widens access to an account to whoever knows its password and, in this session or at
 * its beginning, has proven its mailbox; otherwise mails a code and keeps the wish until it is right.
 */
export async function askToWiden(
  actor: Actor,
  password: string,
  wish: Wish,
): Promise<WideningOutcome> {
  const outcome = await judgeAndCarryOut(actor, password, wish);
  const { accountId } = actor.session;
  log.info({ accountId, wish: wish.kind, outcome: outcome.kind }, "wish to widen access judged");
  return outcome;
}

async function judgeAndCarryOut(
  actor: Actor,
  password: string,
  wish: Wish,
): Promise<WideningOutcome> {
  const proof = await provePassword(actor, password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  const { session, client } = actor;
  const { id: sessionId, accountId } = session;
  return asCustomer(actor, async (tx, at) => {
    const subject = subjectOf({ purpose, accountId, email: session.account.email });
    const attempts = await findAttempts(tx, subject, placeOf(client));
    const verdict = judgeAsking({
      now: at,
      ...(await findWideningCodes(tx, { accountId, sessionId }, at)),
      block: liveAttempts(attempts, at).block,
      accountCodesPerHour: env().accountCodesPerHour,
    });
    switch (verdict.kind) {
      case "carry-out":
        return { kind: "done", result: await carryOut(tx, actor, wish, at) };
      case "ask-code":
        await askCode(tx, actor, wish, at);
        return { kind: "code-asked" };
      default:
        return verdict;
    }
  });
}

async function askCode(tx: Database, actor: Actor, wish: Wish, at: Date): Promise<void> {
  const { session, client, browserId } = actor;
  const { account } = session;
  await endWidenings(tx, session.id, "superseded", at);
  const challenge = await storeChallenge(tx, {
    purpose,
    accountId: account.id,
    email: account.email,
    place: placeOf(client),
    client,
    browserId,
    // Bound to its session instead of a cookie of its own: nobody is given this secret.
    secretHash: hashSecret(newSecret()),
    secretId: presentSecretId(),
    registration: null,
    sessionId: session.id,
    wish,
    locale: account.locale,
    callbackPath: null,
    now: at,
    lifetimeMinutes: env().codeLifetimeMinutes,
  });
  await sendChallengeMail(tx, { ...challenge, account }, at);
}
