import { clearPendingCookie, setPendingCookie } from "@/lib/challenge/pending-cookie";
import { forgetTrustChoice, keepTrustChoice } from "@/lib/challenge/trust-choice";
import { HOME_PATH } from "@/lib/cookies/local-path";
import { enterWithFactor } from "@/lib/factors/check-up";
import { clearNotice, leaveBlockNotice, leaveNotice, type Notice } from "@/lib/forms/notice";
import { rememberLocale } from "@/lib/i18n/locale-cookie";
import { answerSignUp } from "@/lib/next-auth/answer-sign-up";
import { endEarlierSession, findOwnSession } from "@/lib/next-auth/session-cookie";
import type { SessionToken } from "@/lib/secrets/session-token";
import type { MoveOutcome } from "@/lib/sign-in/move-to-network";
import type { ResendOutcome } from "@/lib/sign-in/resend-code";
import type { SignInOutcome } from "@/lib/sign-in/sign-in";
import type { PasskeySignInOutcome } from "@/lib/sign-in/sign-in-passkey";
import type { PassOutcome } from "@/lib/sign-in/use-pass";
import type { VerifyOutcome } from "@/lib/sign-in/verify-code";
import { rememberTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";

/** What a step on the way in can lead to, whichever form it was asked by. */
export type WayInOutcome =
  | SignInOutcome
  | PasskeySignInOutcome
  | VerifyOutcome
  | PassOutcome
  | ResendOutcome
  | MoveOutcome;

/** What a form on the way in was sent with, as far as its answer needs it. */
export type AskedBy = {
  /** Where the request comes from. */
  ip: string | null;
  /** Gives this browser a session that has begun. */
  handOver: (session: SessionToken) => Promise<void>;
  /** The address as typed, to be shown again; empty where none was. */
  email?: string;
  /** Of a typed code. */
  code?: { isEmpty: boolean };
  /** Where the sign-in was going, where its outcome does not say so itself; the home page if left out. */
  callbackPath?: string | null;
  /** Whether the sign-in moves to another network. */
  moved?: boolean;
  /** Of one that may move: whether its network was to be trusted. */
  trusts?: boolean;
};

/**
 * Turns what a step on the way in led to into cookies and the notice of the next page.
 *
 * @returns the path of that page
 */
export async function answerSignIn(outcome: WayInOutcome, asked: AskedBy): Promise<string> {
  const { email = "", moved } = asked;
  switch (outcome.kind) {
    case "entered":
    case "right": {
      const key = "trustedBrowser" in outcome ? outcome.trustedBrowser : null;
      if (key !== null) await rememberTrustedBrowser(key);
      await endEarlierSession("replaced" in outcome ? outcome.replaced : null);
      await asked.handOver({ sub: outcome.accountId, sid: outcome.sessionId });
      await Promise.all([clearPendingCookie(), forgetTrustChoice()]);
      await rememberLocale(outcome.locale);
      const wanted = "callbackPath" in outcome ? outcome.callbackPath : asked.callbackPath;
      const going = { path: wanted ?? HOME_PATH, fewCodesLeft: null };
      // Whichever way it was: who is never asked for a factor would else never hear of it.
      const { path, fewCodesLeft: recoveryCodesLeft } = outcome.hasFactor
        ? await enterWithFactor(outcome.accountId, going.path)
        : going;
      const place = outcome.kind === "right" ? outcome.place : null;
      if (place === null && recoveryCodesLeft === null) return withoutNotice(path);
      return withNotice(path, { kind: "entered", place, recoveryCodesLeft });
    }
    case "code-asked":
    case "factor-asked":
      await setPendingCookie(outcome.challengeId, outcome.secret);
      if (moved) await keepTrustChoice(outcome.challengeId, asked.trusts ?? true);
      return moved ? withNotice("/verify", { kind: "new-code-sent" }) : withoutNotice("/verify");
    case "blocked":
      await leaveBlockNotice({ purpose: "sign-in", ip: asked.ip, ...outcome });
      return "/login";
    case "password-off": {
      const { because } = outcome;
      const since = outcome.since.toISOString();
      return withNotice("/login", { kind: "password-off", email, since, because });
    }
    case "wait": {
      const { codes, asked: of } = outcome;
      const until = outcome.until?.toISOString() ?? null;
      return withNotice("/login", { kind: "wait", email, codes, until, asked: of });
    }
    case "no-longer-proven":
      return withNotice("/login", { kind: "wrong-password", email });
    case "passkey-refused": {
      const { because, page, unknownKey } = outcome;
      return withNotice(page, { kind: "passkey-refused", because, page, unknownKey });
    }
    case "not-a-code":
      return withNotice("/verify", { kind: "not-a-code", empty: asked.code?.isEmpty ?? false });
    case "wrong":
      return withNotice("/verify", { kind: "wrong-code", attemptsLeft: outcome.attemptsLeft });
    case "network-changed":
      return withNotice("/verify", { kind: "network-changed", ip: asked.ip });
    case "no-pending":
      return withNotice("/login", { kind: "no-pending" });
    case "address-taken":
      await clearPendingCookie();
      return withNotice("/login", { kind: "address-taken" });
    case "used":
      // Two presses of the same button: the first one signed in.
      return (await findOwnSession()) === null ? "/verify" : HOME_PATH;
    case "none":
      if ((await findOwnSession()) !== null) return HOME_PATH;
      return withNotice("/verify", { kind: "pass-over" });
    case "superseded":
      return withNotice("/verify", { kind: "newer-sign-in" });
    case "sent":
      return withNotice("/verify", { kind: "code-sent", to: outcome.to });
    case "too-early":
    case "too-often":
      return withNotice("/verify", {
        kind: `resend-${outcome.kind}`,
        from: outcome.from.toISOString(),
      });
    // The page explains what became of it.
    case "password-changed":
    case "shut-out":
    case "expired":
    case "block-over":
    case "over":
      return withNotice("/verify", { kind: "over", page: "/verify" });
    case "signed-in": {
      const { callbackPath } = outcome;
      return answerSignIn(outcome.outcome, { ...asked, callbackPath, moved: true });
    }
    case "signed-up": {
      const moving = { ip: asked.ip, email: outcome.email, moved: true };
      return answerSignUp(outcome.outcome, moving);
    }
  }
}

async function withNotice(path: string, notice: Notice): Promise<string> {
  await leaveNotice(notice);
  return path;
}

async function withoutNotice(path: string): Promise<string> {
  await clearNotice();
  return path;
}
