import type { Actor } from "@/lib/account/actor";
import { findLiveSession } from "@/lib/account/session-store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/password/password-hash";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { clientAt, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

/** The password of every actor. */
export const actorsPassword = "a long enough passphrase";

let passwordHash: Promise<string> | undefined;

/**
 * A signed-in customer of an account of their own, or of a given one.
 *
 * The session has proven the factor that the account has.
 *
 * @param options.codeProven whether the session began with a code
 */
export async function makeActor(
  options: {
    ip?: string;
    trusted?: string[];
    codeProven?: boolean;
    accountId?: string;
    browserId?: string;
  } = {},
): Promise<Actor> {
  const { ip = "203.0.113.7", codeProven = true } = options;
  passwordHash ??= hashPassword(actorsPassword);
  const trusted = options.trusted ?? [ip];
  const accountId =
    options.accountId ?? (await makeAccount({ trusted, passwordHash: await passwordHash })).id;
  const client = clientAt(ip);
  const browserId = options.browserId ?? newBrowser();
  const at = new Date();
  const apps = await db.authenticatorApp.count({ where: { accountId } });
  const { id } = await db.session.create({
    data: {
      accountId,
      because: codeProven ? "code" : "known-place",
      codeProvenAt: codeProven ? at : null,
      factorProvenAt: apps > 0 ? at : null,
      ip,
      userAgent: client.userAgent,
      browserId,
      createdAt: at,
      lastSeenAt: at,
    },
  });
  const session = await findLiveSession(id);
  if (session === null) throw new Error("The session of an actor is not open.");
  return { session, client, browserId };
}

/** The mails of a kind about an account so far, the oldest first. */
export function mailsOf(accountId: string, kind: string) {
  return db.mail.findMany({ where: { accountId, kind }, orderBy: { createdAt: "asc" } });
}

/** The activities of an account so far, the oldest first. */
export function activitiesOf(accountId: string) {
  return db.activity.findMany({ where: { accountId }, orderBy: { at: "asc" } });
}

/** Gives an account a confirmed further address. */
export async function addFurther(accountId: string, email: string): Promise<string> {
  const at = new Date();
  const address = { accountId, email, createdAt: at, confirmedAt: at, expiresAt: at };
  return (await db.furtherAddress.create({ data: address })).id;
}

/** Proves the password of an account from a network, in a browser that was never seen unless given. */
export async function signInFrom(accountId: string, ip: string, browserId = newBrowser()) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, browserId, callbackPath: null, earlier: null };
  return signIn({ ...common, client: clientAt(ip) });
}

/** Changes the contact e-mail as whoever is signed in and reads both mailboxes does. */
export async function changeEmail(
  actor: Awaited<ReturnType<typeof makeActor>>,
  newEmail: string,
  reader = clientAt("192.0.2.200"),
): Promise<void> {
  await askEmailChange(actor, actorsPassword, newEmail);
  for (const purpose of ["confirm-old-email", "confirm-new-email"] as const) {
    const link = await db.accountLink.findFirstOrThrow({
      where: { accountId: actor.session.accountId, purpose, endedAt: null },
      orderBy: { createdAt: "desc" },
    });
    await confirmByLink(linkTokenOf(purpose, link), reader);
  }
}
