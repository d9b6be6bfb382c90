import { readClock } from "@/lib/clock";
import { type ComparedPassword, comparePassword } from "@/lib/password/check-password";
import {
  type SignInAccountRow,
  signInAccountOf,
  signInFacts,
} from "@/lib/sign-in/sign-in-account-store";
import { type Asking, type ProvenPassword, signInFilter } from "@/lib/sign-in/sign-in-request";

/** Whether a password is right, and whose it is. */
export type SignInPassword =
  | { kind: "right"; accountId: string; proof: ProvenPassword }
  | Exclude<ComparedPassword<unknown>, { kind: "right" }>;

/**
 * Compares the password of a sign-in. What the sign-in is judged by is read in the same statement, and
 * the attempt is given back with what the sign-in writes: `signIn` must follow.
 *
 * @param typed.email already trimmed and in lower case
 */
export async function checkSignInPassword(
  typed: { email: string; password: string },
  asking: Asking,
): Promise<SignInPassword> {
  const facts = signInFacts(signInFilter(asking, readClock()));
  const { client, browserId } = asking;
  const compared = await comparePassword<SignInAccountRow>(
    typed.email,
    typed.password,
    client,
    browserId,
    facts,
  );
  if (compared.kind !== "right") return compared;
  const { account, counted } = compared;
  const { passwordHash: _, passwordOff: __, passwordChangedAt: changedAt, ...row } = account;
  const proof = { kind: "password", changedAt, read: signInAccountOf(row), counted } as const;
  return { kind: "right", accountId: account.id, proof };
}
