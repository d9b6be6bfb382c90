import { judgePending } from "@/lib/challenge/judge-pending";
import { findPending, type PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { type SignInOutcome, signIn } from "@/lib/sign-in/sign-in";
import { readRegistration } from "@/lib/sign-up/create-account";
import { type SignUpOutcome, signUp } from "@/lib/sign-up/sign-up";
import type { BrowserKey } from "@/lib/trusted-browser/store";

/** `over`: the pending sign-in has ended, and `/verify` explains it. */
export type MoveOutcome =
  | { kind: "no-pending" }
  | { kind: "over" }
  | {
      kind: "signed-in";
      outcome: Exclude<SignInOutcome, { kind: "no-longer-proven" }>;
      callbackPath: string | null;
    }
  | {
      kind: "signed-up";
      outcome: Exclude<SignUpOutcome, { kind: "no-longer-open" }>;
      email: string;
    };

/**
 * Contract, "Settled": where the network changed, a new code for the present one. It is a new
 * pending sign-in, judged and counted as such; the password was proven by the one it replaces.
 */
export async function moveToNetwork(
  cookie: PendingCookie | null,
  client: Client,
  trustedBrowsers: BrowserKey[] = [],
): Promise<MoveOutcome> {
  if (cookie === null) return { kind: "no-pending" };
  const now = readClock();
  const pending = await findPending(database, cookie, now);
  if (pending === null) return { kind: "no-pending" };
  const { verdict: open } = judgePending(pending, now);
  if (open.kind !== "admitted") return { kind: "over" };
  const common = {
    client,
    browserId: pending.browserId,
    callbackPath: pending.callbackPath,
    earlier: cookie,
  };
  if (pending.purpose === "sign-up") {
    const { email } = pending;
    const locale = pending.locale as Locale;
    const registration = readRegistration(pending.registration);
    const person = { kind: "moves", registration } as const;
    const outcome = await signUp({ ...common, email, locale, person });
    if (outcome.kind === "no-longer-open") return { kind: "over" };
    return { kind: "signed-up", email, outcome };
  }
  const proof = { kind: "pending" } as const;
  const outcome = await signIn({
    ...common,
    proof,
    accountId: pending.accountId,
    trustedBrowsers,
  });
  if (outcome.kind === "no-longer-proven") return { kind: "over" };
  return { kind: "signed-in", outcome, callbackPath: pending.callbackPath };
}
