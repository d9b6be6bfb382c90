import type { Actor } from "@/lib/account/actor";
import { asCustomer, type SignedOut } from "@/lib/account/as-signed-in";
import { storeActivity } from "@/lib/account/change-store";
import { recordOwnChange } from "@/lib/account/record-change";
import { type Database, database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { changePasskey, findPasskeys } from "@/lib/passkeys/passkey-store";
import { provePassword } from "@/lib/password/prove-password";
import { isFactorEnding } from "@/lib/two-step/end-store";
import { readFactorName } from "@/lib/two-step/factor-name";
import {
  type Consents,
  type ConsentsVerdict,
  judgeConsents,
  nameConsents,
} from "@/lib/two-step/rules/judge-consents";
import type { NameError } from "@/lib/typed/typed-name";

export type { Consents };

const findOne = async (tx: Database, accountId: string, id: string) =>
  (await findPasskeys(tx, accountId)).find((passkey) => passkey.id === id) ?? null;

/** What becomes of a passkey's new name. */
export type RenamePasskeyOutcome =
  | { kind: "passkey-renamed" | "passkey-unchanged"; name: string }
  | { kind: "invalid"; error: NameError }
  | { kind: "passkey-gone" }
  | SignedOut;

/** Names a passkey of the signed-in customer. It is an activity and mails nobody: a name opens nothing. */
export function renamePasskey(
  actor: Actor,
  id: string,
  typed: string,
): Promise<RenamePasskeyOutcome> {
  const { client, session } = actor;
  const { accountId } = session;
  const { name, error } = readFactorName(typed);
  return asCustomer(actor, async (tx, now): Promise<RenamePasskeyOutcome> => {
    const passkey = await findOne(tx, accountId, id);
    if (passkey === null) return { kind: "passkey-gone" };
    if (error !== undefined) return { kind: "invalid", error };
    if (passkey.name === name) return { kind: "passkey-unchanged", name };
    await changePasskey(tx, { id, accountId }, { name });
    const about = { what: "passkey", name, nameBefore: passkey.name } as const;
    await storeActivity(tx, { accountId, kind: "passkey-renamed", about, client, now });
    return { kind: "passkey-renamed", name };
  });
}

/** What other consents would lead to, as the passkey is now; null: the account has none of that id. */
export async function judgeChange(
  { accountId }: Actor["session"],
  id: string,
  after: Consents,
): Promise<{ name: string; verdict: ConsentsVerdict } | null> {
  const passkey = await findOne(database, accountId, id);
  return passkey && { name: passkey.name, verdict: judgeConsents(passkey, after) };
}

/** What became of what a passkey may do. */
export type ConsentsChanged =
  | { kind: "passkey-allowed" | "passkey-unchanged"; name: string }
  | { kind: "passkey-gone" };

/**
 * Changes what a passkey may do, and notifies of it whether something is given or taken, in the caller's transaction and under the lock of the account. A
 * second step stays one, whatever was asked for: only a removal takes it away.
 */
export async function allowPasskey(
  tx: Database,
  actor: Actor,
  { id, signsIn, isSecondStep }: Consents & { id: string },
  now: Date,
): Promise<ConsentsChanged> {
  const { accountId } = actor.session;
  const passkey = await findOne(tx, accountId, id);
  if (passkey === null) return { kind: "passkey-gone" };
  const { name } = passkey;
  const asked = { signsIn, isSecondStep };
  const verdict = judgeConsents(passkey, asked);
  if (verdict.kind !== "widens" && verdict.kind !== "narrows") {
    return { kind: "passkey-unchanged", name };
  }
  const isFirst = asked.isSecondStep && !(await hasFactor(tx, accountId));
  // Who made it a second step is who added it as one.
  const added = asked.isSecondStep && !passkey.isSecondStep ? { sessionId: actor.session.id } : {};
  await changePasskey(tx, { id, accountId }, { ...asked, ...added });
  const about = { what: "passkey", name, may: nameConsents(asked) } as const;
  // What was only taken away is not given back by whoever says that it was not them.
  const undo = { kind: "factor", what: "passkey", factorId: id, isFirst } as const;
  const change = { kind: "passkey-changed", now, about } as const;
  await recordOwnChange(tx, actor, verdict.kind === "widens" ? { ...change, undo } : change);
  return { kind: "passkey-allowed", name };
}

/** What becomes of a change that only takes something away. Only `password-wrong` costs an attempt. */
export type NarrowOutcome =
  | ConsentsChanged
  | { kind: "password-missing" | "password-wrong" | "frozen" }
  | { kind: "too-many"; until: Date }
  | SignedOut;

/** Takes from a passkey what it may do, for whoever knows the password. */
export async function narrowPasskey(
  actor: Actor,
  password: string,
  asked: Consents & { id: string },
): Promise<NarrowOutcome> {
  const proof = await provePassword(actor, password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  return asCustomer(actor, async (tx, now): Promise<NarrowOutcome> => {
    const { accountId } = actor.session;
    if (await isFactorEnding(tx, accountId)) return { kind: "frozen" };
    const passkey = await findOne(tx, accountId, asked.id);
    // What would give something by now was not asked for so.
    if (passkey !== null && judgeConsents(passkey, asked).kind === "widens") {
      return { kind: "passkey-unchanged", name: passkey.name };
    }
    return allowPasskey(tx, actor, asked, now);
  });
}
