import type { Database } from "@/lib/db/transaction";
import { afterMinutes } from "@/lib/moments";
import type { AskedFacts, CeremonyPurpose } from "@/lib/passkeys/rules/judge-answer";
import { CEREMONY_MINUTES } from "@/lib/passkeys/rules/limits";

/** Whom a ceremony belongs to: an answer of anybody else is none. */
export type CeremonyHolder = {
  purpose: CeremonyPurpose;
  browserId: string;
  /** null: a sign-in, which is anybody's until its answer says. */
  accountId: string | null;
  sessionId: string | null;
  /** The pending sign-in that it is the second step of. */
  challengeId: string | null;
};

type Bytes = Uint8Array<ArrayBuffer>;

/** Keeps what a browser is asked for. Returns its id. */
export async function beginCeremony(
  database: Database,
  holder: CeremonyHolder,
  challenge: Bytes,
  now: Date,
): Promise<string> {
  const expiresAt = afterMinutes(now, CEREMONY_MINUTES);
  const data = { ...holder, challenge, createdAt: now, expiresAt };
  return (await database.passkeyCeremony.create({ data, select: { id: true } })).id;
}

/** What was asked; `challenge` alone where this call is the one that uses it. */
export type UsedCeremony =
  | { kind: "used-now"; challenge: Bytes }
  | { kind: "not"; asked: AskedFacts };

/**
 * Uses a ceremony up, whatever its answer turns out to be: of answers at the same moment one gets its
 * challenge. Outside of transactions, so that nothing which fails later brings it back.
 */
export async function spendCeremony(
  database: Database,
  id: string,
  holder: CeremonyHolder,
  now: Date,
): Promise<UsedCeremony> {
  const [used] = await database.passkeyCeremony.updateManyAndReturn({
    where: { id, ...holder, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { challenge: true },
  });
  if (used !== undefined) return { kind: "used-now", challenge: used.challenge };
  const select = { usedAt: true, expiresAt: true };
  const asked = await database.passkeyCeremony.findFirst({ where: { id, ...holder }, select });
  return { kind: "not", asked };
}
