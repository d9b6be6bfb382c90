import type { Actor } from "@/lib/account/actor";
import { hashPassword } from "@/lib/auth/password-hash";
import { findLiveSession } from "@/lib/auth/session-store";
import { db } from "@/lib/db";
import { clientAt, makeAccount, newBrowser } from "@/lib/testing/people";

/** The password of every actor. */
export const actorsPassword = "a long enough passphrase";

let passwordHash: Promise<string> | undefined;

/**
 * A signed-in customer of an account of their own, or of a given one.
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
  const { id } = await db.session.create({
    data: {
      accountId,
      because: codeProven ? "code" : "known-place",
      codeProvenAt: codeProven ? at : null,
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
