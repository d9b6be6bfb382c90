import { storeActivity } from "@/lib/account/change-store";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockStaff, storeRole } from "@/lib/colleagues/store";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import { hashPassword } from "@/lib/password/password-hash";
import { checkSignUpForm, type SignUpErrors } from "@/lib/sign-up/check-sign-up-form";
import { insertAccount } from "@/lib/sign-up/store";
import { findInvited, type Invited } from "@/lib/staff/find-invited";
import { endInvitation } from "@/lib/staff/invitation-store";
import { recordJoining } from "@/lib/staff/record-joining";

/** What becomes of name and password sent with an invitation whose address has no account. */
export type JoinOutcome =
  | { kind: "joined" }
  | { kind: "invalid"; errors: SignUpErrors }
  /** The page says what became of the invitation. */
  | { kind: "over" }
  /** The address got an account meanwhile: the page shows what is so now. */
  | { kind: "outdated" };

/** What a newcomer types; anything may stand there. */
export type Newcomer = { name: string; password: string; locale: Locale };

/**
 * Makes the account of an invited address, with the role of the invitation. The link has proven the
 * mailbox; no network is trusted, and nobody is signed in by it.
 */
export async function joinByInvitation(
  token: string | null,
  newcomer: Newcomer,
  client: Client,
): Promise<JoinOutcome> {
  const now = readClock();
  const first = await findInvited(database, token, now);
  if (first?.verdict.kind === "for-account") return { kind: "outdated" };
  if (first?.verdict.kind !== "for-newcomer") return { kind: "over" };
  const { email } = first.invitation;
  const checked = await checkSignUpForm(signUpForm(newcomer, email));
  if (checked.kind === "invalid") {
    return { kind: "invalid", errors: checked.errors };
  }
  const person = { name: checked.name, passwordHash: await hashPassword(checked.password) };
  const outcome = await inTransaction(async (tx): Promise<JoinOutcome> => {
    // Nobody signs up with the address, or changes to it, in this moment.
    await lockSubject(tx, subjects.signUp(email));
    await lockStaff(tx);
    const found = await findInvited(tx, token, now);
    if (found?.verdict.kind === "for-account") return { kind: "outdated" };
    if (found?.verdict.kind !== "for-newcomer") return { kind: "over" };
    return join(tx, found, { ...person, locale: newcomer.locale }, client, now);
  });
  log.info({ outcome: outcome.kind }, "invitation to the staff accepted by a newcomer");
  return outcome;
}

/** The checks are those of a sign-up, with the address that the invitation went to. */
function signUpForm({ name, password }: Newcomer, email: string): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries({ name, email, password })) form.set(field, value);
  return form;
}

async function join(
  tx: Database,
  { invitation }: Invited,
  person: { name: string; passwordHash: string; locale: Locale },
  client: Client,
  now: Date,
): Promise<JoinOutcome> {
  const { email, role } = invitation;
  const accountId = await insertAccount(tx, { email, locale: person.locale }, person, now);
  if (accountId === null) return { kind: "outdated" };
  await storeRole(tx, accountId, role);
  await endInvitation(tx, invitation.id, "accepted", now);
  await storeActivity(tx, { accountId, kind: "account-created", about: {}, client, now });
  await recordJoining(tx, { accountId, invitation, client, now });
  return { kind: "joined" };
}
