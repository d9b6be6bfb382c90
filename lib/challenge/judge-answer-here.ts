import {
  findAttempts,
  findWrongEverywhere,
  forgetAttempts,
  triesPart,
} from "@/lib/challenge/attempts-store";
import { endBlockedPart } from "@/lib/challenge/challenge-store";
import { type Block, liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { judgeCode } from "@/lib/challenge/rules/judge-code";
import { subjectOf } from "@/lib/challenge/subject";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { ownerPart, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { afterHours } from "@/lib/moments";
import { newReference } from "@/lib/secrets/reference";

/** What becomes of an answer that stands in a form beside the password. Only wrong ones cost an attempt. */
export type AnswerHere =
  | { kind: "right" }
  | { kind: "wrong"; attemptsLeft: number }
  | ({ kind: "blocked" } & Block);

/**
 * Whoever changes networks has no more tries in an hour than as many sign-ins would give: no challenge is
 * opened here that would count.
 */
async function usedUp(tx: Database, subject: string, now: Date): Promise<Block | null> {
  const { wrong, oldestAt, reference } = await findWrongEverywhere(
    tx,
    subject,
    afterHours(now, -1),
  );
  const { accountCodesPerHour, codeMaxAttempts } = env();
  if (oldestAt === null || wrong < accountCodesPerHour * codeMaxAttempts) return null;
  const until = afterHours(oldestAt, 1);
  return { since: oldestAt, until, reference: reference ?? "", because: "wrong-codes" };
}

/**
 * Judges an answer that no challenge asked for, because a signed-in customer gives it along with what they
 * ask for. Wrong ones count, and block, like those of requests that widen access. In the caller's
 * transaction and under the lock of the account.
 *
 * @param isRight asked where the answer may be given
 */
export async function judgeAnswerHere(
  tx: Database,
  { accountId, client, browserId }: { accountId: string; client: Client; browserId: string },
  isRight: () => boolean,
  now: Date,
): Promise<AnswerHere> {
  const network = networkKeyOf(client);
  const counted = {
    purpose: "widening",
    accountId,
    network,
    browserId,
    knownBy: null,
  } as const;
  const subject = subjectOf(counted);
  const attempts = liveAttempts(await findAttempts(tx, subject, network), now);
  if (attempts.block !== null) return { kind: "blocked", ...attempts.block };
  const used = await usedUp(tx, subject, now);
  if (used !== null) return { kind: "blocked", ...used };
  const tries = attempts.wrong + 1;
  const verdict = judgeCode({ now, right: isRight(), tries }, env());
  switch (verdict.kind) {
    case "right":
      await forgetAttempts(tx, subject, network);
      return verdict;
    case "wrong":
      await writeTogether(tx, [ownerPart(null), triesPart(counted, tries, null, now)]);
      return verdict;
    case "blocked": {
      const { until } = verdict;
      const block: Block = { since: now, until, reference: newReference(), because: "wrong-codes" };
      const parts = [triesPart(counted, tries, block, now), endBlockedPart(counted, now)];
      await writeTogether(tx, [ownerPart(null), ...parts]);
      return { kind: "blocked", ...block };
    }
  }
}
