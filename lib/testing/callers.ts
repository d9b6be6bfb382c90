import { randomUUID } from "node:crypto";
import { blockNetwork } from "@/lib/challenge/attempts-store";
import type { BlockCause } from "@/lib/challenge/rules/code-attempts";
import { db } from "@/lib/db/client";
import { newReference } from "@/lib/secrets/reference";
import { signIn } from "@/lib/sign-in/sign-in";
import { clientAt, newBrowser, passwordProof } from "@/lib/testing/people";

/** Why tests act: some words that no other text holds. */
export const reason = "Caller could not get in, identity checked";

/** Starts a sign-in from a new network; its reference is what the caller reads out. */
export async function startSignIn(accountId: string, ip = "198.51.100.66") {
  const outcome = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt(ip),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  if (outcome.kind !== "code-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  const { challengeId, secret } = outcome;
  const row = await db.challenge.findUniqueOrThrow({ where: { id: challengeId } });
  return { ...row, reference: row.reference ?? "", secret, client: clientAt(ip) };
}

/** Blocks a network for an account for an hour; gives the block's reference. */
export async function blockAt(
  accountId: string,
  ip = "198.51.100.66",
  because: BlockCause = "wrong-codes",
): Promise<string> {
  const now = new Date();
  const reference = newReference();
  const until = new Date(now.getTime() + 3_600_000);
  await blockNetwork(db, { accountId, network: `${ip}/32`, until, because, reference, now });
  return reference;
}

/** A case of a lost mailbox, sent and open unless said otherwise. */
export function makeCase(
  accountId: string | null,
  more: { state?: string; sentAt?: Date | null; newEmail?: string; accountEmail?: string } = {},
) {
  const at = new Date();
  return db.recoveryCase.create({
    data: {
      reference: newReference(),
      secretId: "x",
      accountId,
      accountEmail: `${randomUUID()}@example.com`,
      proof: "password",
      state: "open",
      userAgent: "",
      locale: "en",
      createdAt: at,
      sentAt: at,
      expiresAt: at,
      ...more,
    },
  });
}
