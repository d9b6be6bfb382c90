import type { Actor } from "@/lib/account/actor";
import { db } from "@/lib/db/client";
import { type AskedOptions, askBrowser } from "@/lib/passkeys/ask-browser";
import type { CeremonyHolder } from "@/lib/passkeys/ceremony-store";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { judgeNewPasskey } from "@/lib/passkeys/judge-new-passkey";
import { storePasskey } from "@/lib/passkeys/passkey-store";
import { Authenticator } from "@/lib/testing/authenticator";

/** Whom a ceremony of a sign-in belongs to: a browser alone. */
export const heldByBrowser = (browserId: string): CeremonyHolder => ({
  ...{ purpose: "sign-in", browserId, accountId: null, sessionId: null, challengeId: null },
});

type Create = Extract<AskedOptions, { create: unknown }>;
type Get = Extract<AskedOptions, { get: unknown }>;

async function asked(holder: CeremonyHolder): Promise<AskedOptions> {
  const { accountId } = holder;
  const account =
    accountId === null ? null : await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const outcome = await askBrowser(holder, account, "203.0.113.7/32");
  if (outcome.kind !== "asked") throw new Error(`A browser was not asked: ${outcome.kind}.`);
  return outcome.options;
}

/** Asks a browser to make a passkey. */
export const askToMake = async (holder: CeremonyHolder) => (await asked(holder)) as Create;

/** Asks a browser to use a passkey. */
export const askToUse = async (holder: CeremonyHolder) => (await asked(holder)) as Get;

/** Gives an account a passkey, past its page. */
export async function givePasskey(
  actor: Actor,
  {
    signsIn = true,
    isSecondStep = true,
    authenticator = new Authenticator(),
  }: { signsIn?: boolean; isSecondStep?: boolean; authenticator?: Authenticator } = {},
): Promise<Authenticator> {
  const holder = heldBySession(actor, "add");
  const { ceremony, create } = await askToMake(holder);
  const verdict = await judgeNewPasskey({ ceremony, text: authenticator.create(create) }, holder);
  if (verdict.kind !== "made") throw new Error(`A passkey was not made: ${verdict.because}.`);
  const { accountId } = actor.session;
  const consents = { signsIn, isSecondStep };
  await storePasskey(db, { ...verdict.passkey, ...consents, accountId, createdAt: new Date() });
  return authenticator;
}
