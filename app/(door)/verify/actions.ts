"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import {
  clearPendingCookie,
  readPendingCookie,
  setPendingCookie,
} from "@/lib/challenge/pending-cookie";
import { clientOf } from "@/lib/client/client-ip";
import { HOME_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { clearNotice, leaveBlockNotice, leaveNotice } from "@/lib/forms/notice";
import { rememberLocale } from "@/lib/i18n/locale-cookie";
import { log } from "@/lib/log/log";
import { signIn } from "@/lib/next-auth/next-auth";
import { currentSession } from "@/lib/next-auth/session";
import { setSessionCookie } from "@/lib/next-auth/session-cookie";
import { oneValue } from "@/lib/password/typed-credentials";
import { issueTicket, redeemTicket } from "@/lib/secrets/session-ticket";
import { type MoveOutcome, moveToNetwork } from "@/lib/sign-in/move-to-network";
import { resendCode } from "@/lib/sign-in/resend-code";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import {
  readTrustedBrowser,
  rememberTrustedBrowser,
} from "@/lib/trusted-browser/trusted-browser-cookie";

/** Judges the typed code; a right one signs in. */
export async function verifyAction(form: FormData): Promise<void> {
  const client = clientOf(await headers());
  const cookie = await readPendingCookie();
  const typed = oneValue(form, "code") ?? "";
  const shown = oneValue(form, "challenge");
  // Whoever sends a code without the form, and so without its button, trusts the place as rule 3 says.
  const trust = oneValue(form, "trustAsked") === null || oneValue(form, "trust") !== null;
  const request = { typed, cookie, shown, trust, client };
  const outcome = await orUnavailable(() => verifyCode(request));
  switch (outcome.kind) {
    case "right":
      await rememberLocale(outcome.locale);
      return enter(outcome.ticket, outcome.callbackPath);
    case "not-a-code":
      await leaveNotice({ kind: "not-a-code", empty: typed.trim() === "", trust });
      return redirect("/verify");
    case "wrong":
      await leaveNotice({ kind: "wrong-code", attemptsLeft: outcome.attemptsLeft, trust });
      return redirect("/verify");
    case "network-changed":
      await leaveNotice({ kind: "network-changed", ip: client.ip });
      return redirect("/verify");
    case "blocked":
      await leaveBlockNotice(outcome);
      return redirect("/login");
    case "no-pending":
      await leaveNotice({ kind: "no-pending" });
      return redirect("/login");
    case "address-taken":
      await clearPendingCookie();
      await leaveNotice({ kind: "address-taken" });
      return redirect("/login");
    case "used":
      // Two presses of the same button: the first one signed in.
      return redirect((await currentSession()) === null ? "/verify" : HOME_PATH);
    case "superseded":
      await leaveNotice({ kind: "newer-sign-in" });
      return redirect("/verify");
    case "password-changed":
    case "shut-out":
    case "expired":
    case "block-over":
      await clearNotice();
      return redirect("/verify");
  }
}

/** Mails the same code again. */
export async function resendAction(): Promise<void> {
  const cookie = await readPendingCookie();
  const outcome = await orUnavailable(() => resendCode(cookie));
  switch (outcome.kind) {
    case "sent":
      await leaveNotice({ kind: "code-sent" });
      return redirect("/verify");
    case "too-early":
    case "too-often":
      await leaveNotice({ kind: `resend-${outcome.kind}`, from: outcome.from.toISOString() });
      return redirect("/verify");
    case "over":
      await clearNotice();
      return redirect("/verify");
    case "no-pending":
      await leaveNotice({ kind: "no-pending" });
      return redirect("/login");
  }
}

/** Asks for a new code for the network the customer is on now. */
export async function sendForThisNetworkAction(): Promise<void> {
  const client = clientOf(await headers());
  const cookie = await readPendingCookie();
  const trusted = await readTrustedBrowser();
  const move = await orUnavailable(() => moveToNetwork(cookie, client, trusted));
  switch (move.kind) {
    case "no-pending":
      await leaveNotice({ kind: "no-pending" });
      return redirect("/login");
    case "over":
      await clearNotice();
      return redirect("/verify");
    case "signed-in":
      return afterSignIn(move.outcome, move.callbackPath, client.ip);
    case "signed-up":
      return afterSignUp(move.outcome, move.email, client.ip);
  }
}

/** Finishes a sign-in that support lets through without its code. */
export async function continueAction(): Promise<void> {
  const client = clientOf(await headers());
  const cookie = await readPendingCookie();
  const outcome = await orUnavailable(() => usePass(cookie, client));
  switch (outcome.kind) {
    case "entered":
      await rememberLocale(outcome.locale);
      return enter(outcome.ticket, outcome.callbackPath);
    case "none":
      // Two presses of the same button: the first one signed in.
      if ((await currentSession()) !== null) return redirect(HOME_PATH);
      await leaveNotice({ kind: "pass-over" });
      return redirect("/verify");
    case "network-changed":
      await leaveNotice({ kind: "network-changed", ip: client.ip });
      return redirect("/verify");
  }
}

type Moved<Kind> = Extract<MoveOutcome, { kind: Kind; outcome: unknown }>["outcome"];

async function afterSignIn(
  outcome: Moved<"signed-in">,
  callbackPath: string | null,
  ip: string | null,
): Promise<void> {
  switch (outcome.kind) {
    case "entered":
      if (outcome.trustedBrowser !== null) await rememberTrustedBrowser(outcome.trustedBrowser);
      return enter(issueTicket({ sub: outcome.accountId, sid: outcome.sessionId }), callbackPath);
    case "code-asked":
      await setPendingCookie(outcome.challengeId, outcome.secret);
      await leaveNotice({ kind: "new-code-sent" });
      return redirect("/verify");
    case "blocked":
      await leaveBlockNotice({ ...outcome, purpose: "sign-in", ip });
      return redirect("/login");
    case "password-off": {
      const { because } = outcome;
      const since = outcome.since.toISOString();
      await leaveNotice({ kind: "password-off", email: "", since, because });
      return redirect("/login");
    }
    case "wait": {
      const { codes } = outcome;
      const until = outcome.until?.toISOString() ?? null;
      await leaveNotice({ kind: "wait", email: "", codes, until });
      return redirect("/login");
    }
  }
}

async function afterSignUp(
  outcome: Moved<"signed-up">,
  email: string,
  ip: string | null,
): Promise<void> {
  switch (outcome.kind) {
    case "code-asked":
      await setPendingCookie(outcome.challengeId, outcome.secret);
      await leaveNotice({ kind: "new-code-sent" });
      return redirect("/verify");
    case "too-many":
      await leaveNotice({
        kind: "signup-too-many",
        of: outcome.of,
        name: "",
        email,
        until: outcome.until.toISOString(),
      });
      return redirect("/signup");
    case "blocked":
      await leaveBlockNotice({ ...outcome, purpose: "sign-up", ip, email });
      return redirect("/signup");
  }
}

async function enter(ticket: string, callbackPath: string | null): Promise<void> {
  try {
    await signIn("ticket", { ticket, redirectTo: HOME_PATH });
  } catch (error) {
    // The code is used up and the session has begun: whatever NextAuth says, this leads in.
    log.error({ err: error }, "NextAuth did not hand over a session.");
    const session = redeemTicket(ticket);
    if (session === null) throw error;
    await setSessionCookie(session);
  }
  await clearPendingCookie();
  await clearNotice();
  redirect(callbackPath ?? HOME_PATH);
}

/** Runs a step; with the database away, says so on `/verify`, where nothing was counted. */
async function orUnavailable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return redirect("/verify");
  }
}
