import { isAnother } from "@/lib/challenge/judge-typed-code";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { keepTrustChoice, readTrustChoice } from "@/lib/challenge/trust-choice";
import type { Client } from "@/lib/client/client";
import { clientNow } from "@/lib/client/client-ip";
import { chooseLanguage } from "@/lib/contact/choose-language";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { isLocale } from "@/lib/i18n/locales";
import { type AskedBy, answerSignIn, type WayInOutcome } from "@/lib/next-auth/answer-sign-in";
import { setSessionCookie } from "@/lib/next-auth/session-cookie";
import { oneValue } from "@/lib/password/typed-credentials";
import { pressPasskeyStep } from "@/lib/server/presses/press-passkey";
import { moveToNetwork } from "@/lib/sign-in/move-to-network";
import { resendCode } from "@/lib/sign-in/resend-code";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { readTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";

/**
 * Judges the typed code; a right one signs in. The buttons beside the form send it too, for the choice
 * that stands in it: whichever is pressed, that is kept first.
 *
 * @returns the path of the next page
 */
export async function pressVerify(form: FormData): Promise<string> {
  const locale = oneValue(form, "locale");
  const pressed = oneValue(form, "trustAsked");
  const shown = oneValue(form, "challenge");
  // A box that is not ticked is not sent at all: only the pressed button says that it stood there.
  if (locale !== null || pressed !== null)
    await keepChoice(shown, oneValue(form, "trust") !== null);
  if (isLocale(locale)) {
    await chooseLanguage(locale);
    return "/verify";
  }
  const again = /^again(?: (?<to>.*))?$/.exec(pressed ?? "");
  if (again !== null) return resend(again.groups?.to ?? null);
  if (pressed === "this-network") return pressSendForThisNetwork();
  if (pressed === "passkey") return pressPasskeyStep(form);
  const typed = oneValue(form, "code") ?? "";
  // Whoever sends a code without the form, and so without its button, trusts the network as rule 3 says.
  return answer(
    async ({ cookie, client }) => {
      const trust = cookie === null || (await readTrustChoice(cookie.id));
      return verifyCode({ typed, cookie, shown, trust, client });
    },
    { code: { isEmpty: typed.trim() === "" } },
  );
}

/** Keeps whether the network is to be trusted, unless the page showed an older sign-in than this one. */
async function keepChoice(shown: string | null, trusts: boolean): Promise<void> {
  const cookie = await readPendingCookie();
  if (cookie !== null && !isAnother(cookie, shown)) await keepTrustChoice(cookie.id, trusts);
}

/** Mails the same code again, to all its addresses or to the one that the pressed button names. */
export function pressResend(form: FormData): Promise<string> {
  return resend(oneValue(form, "pressed"));
}

function resend(named: string | null): Promise<string> {
  return answer(({ cookie }) => resendCode(cookie, named));
}

/** Asks for a new code for the network the customer is on now. */
export async function pressSendForThisNetwork(): Promise<string> {
  const [trusted, cookie] = await Promise.all([readTrustedBrowser(), readPendingCookie()]);
  const trusts = cookie === null || (await readTrustChoice(cookie.id));
  return answer(({ cookie, client }) => moveToNetwork(cookie, client, trusted), { trusts });
}

/** Finishes a sign-in that is let through without its code. */
export function pressContinue(): Promise<string> {
  return answer(({ cookie, client }) => usePass(cookie, client));
}

type Asking = { cookie: Awaited<ReturnType<typeof readPendingCookie>>; client: Client };

/** Carries a step out and answers it; with the database away, says so, where nothing was counted. */
async function answer(
  step: (asking: Asking) => Promise<WayInOutcome>,
  asked: Pick<AskedBy, "code" | "trusts"> = {},
): Promise<string> {
  const client = clientNow();
  const cookie = await readPendingCookie();
  let outcome: WayInOutcome;
  try {
    outcome = await step({ cookie, client });
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return "/verify";
  }
  const { ip } = client;
  return answerSignIn(outcome, { ...asked, ip, handOver: setSessionCookie });
}
