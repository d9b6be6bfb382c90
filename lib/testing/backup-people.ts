import { findLiveSession } from "@/lib/account/session-store";
import { recordAudit } from "@/lib/audit/record-audit";
import { db, disconnectDatabase } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { env, resetEnvironment } from "@/lib/env/env";
import { hashPassword } from "@/lib/password/password-hash";
import { codeOf } from "@/lib/secrets/code";
import { openSession, sealSession } from "@/lib/secrets/session-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInByPasskey, signInHolder } from "@/lib/sign-in/sign-in-passkey";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { makeActor } from "@/lib/testing/actors";
import { addApp, addRecoveryCodes } from "@/lib/testing/factors";
import { askToUse, givePasskey } from "@/lib/testing/passkeys";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

const home = "203.0.113.7";
const away = "203.0.113.8";

const request = async (accountId: string, ip: string) => ({
  accountId,
  proof: await passwordProof(accountId),
  client: clientAt(ip),
  browserId: newBrowser(),
  callbackPath: null,
  earlier: null,
});

/** The owner of an account with an authenticator app, recovery codes and a passkey. */
async function ownerOfFactors() {
  const { id } = await makeAccount({ trusted: [home] });
  const [recoveryCode = ""] = await addRecoveryCodes(id);
  const passkey = await givePasskey(await makeActor({ accountId: id }));
  return { id, app: await addApp(id), recoveryCode, passkey };
}

/** Whether each of an owner's factors still lets them in. */
async function factorsFare({
  id,
  app,
  recoveryCode,
  passkey,
}: Awaited<ReturnType<typeof ownerOfFactors>>) {
  const answer = async (ip: string, typed: string) => {
    const asked = await signIn(await request(id, ip));
    if (asked.kind !== "factor-asked") return asked.kind;
    const cookie = cookieOf(asked);
    return (await verifyCode({ typed, cookie, shown: null, client: clientAt(ip) })).kind;
  };
  const browserId = newBrowser();
  const { ceremony, get } = await askToUse(signInHolder(browserId));
  const sent = { ceremony, text: passkey.get(get) };
  const client = clientAt("203.0.113.10");
  const byPasskey = await signInByPasskey({ sent, client, browserId, earlier: null });
  const [byApp, byCode] = [
    await answer(away, app.codeNow()),
    await answer("203.0.113.9", recoveryCode),
  ];
  return [byApp, byCode, byPasskey.kind];
}

/** Somebody who signed in at home, and waits for a code elsewhere: what a move must keep. */
export async function customerOfBefore() {
  const account = await makeAccount({
    trusted: [home],
    passwordHash: await hashPassword("a pass phrase"),
  });
  const entered = await signIn(await request(account.id, home));
  if (entered.kind !== "entered") throw new Error(entered.kind);
  const asked = await signIn(await request(account.id, away));
  if (asked.kind !== "code-asked") throw new Error(asked.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const code = codeOf(challenge) ?? "";
  await recordAudit(database as never, "command", {
    action: "staff-role-changed",
    now: new Date(),
  });
  const cookie = sealSession({ sub: account.id, sid: entered.sessionId });
  const owner = await ownerOfFactors();
  return { accountId: account.id, cookie, code, pending: cookieOf(asked), owner };
}

/** How that customer fares on another database: a cookie, a known place, a code, and factors of before. */
export async function faresOn(
  databaseUrl: string,
  authSecret: string,
  customer: Awaited<ReturnType<typeof customerOfBefore>>,
) {
  const before = { DATABASE_URL: process.env.DATABASE_URL, AUTH_SECRET: process.env.AUTH_SECRET };
  await disconnectDatabase();
  Object.assign(process.env, { DATABASE_URL: databaseUrl, AUTH_SECRET: authSecret });
  resetEnvironment();
  try {
    const session = openSession(customer.cookie);
    const live = session && (await findLiveSession(session.sid));
    const atHome = await signIn(await request(customer.accountId, home));
    const verified = await verifyCode({
      typed: customer.code,
      cookie: customer.pending,
      shown: null,
      client: clientAt(away),
    });
    return {
      session: live?.accountId ?? null,
      atHome: atHome.kind,
      code: verified.kind,
      factors: await factorsFare(customer.owner),
      url: env().databaseUrl,
    };
  } finally {
    await disconnectDatabase();
    Object.assign(process.env, before);
    resetEnvironment();
  }
}
