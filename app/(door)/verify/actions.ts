"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import type { Client } from "@/lib/client/client";
import { clientOf } from "@/lib/client/client-ip";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { type AskedBy, answerSignIn, type WayInOutcome } from "@/lib/next-auth/answer-sign-in";
import { handOverSession } from "@/lib/next-auth/hand-over-session";
import { oneValue } from "@/lib/password/typed-credentials";
import { moveToNetwork } from "@/lib/sign-in/move-to-network";
import { resendCode } from "@/lib/sign-in/resend-code";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { readTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";

/** Judges the typed code; a right one signs in. */
export async function verifyAction(form: FormData): Promise<void> {
  const typed = oneValue(form, "code") ?? "";
  const shown = oneValue(form, "challenge");
  // Whoever sends a code without the form, and so without its button, trusts the network as rule 3 says.
  const trust = oneValue(form, "trustAsked") === null || oneValue(form, "trust") !== null;
  return answer(({ cookie, client }) => verifyCode({ typed, cookie, shown, trust, client }), {
    code: { isEmpty: typed.trim() === "", trust },
  });
}

/** Mails the same code again. */
export async function resendAction(): Promise<void> {
  return answer(({ cookie }) => resendCode(cookie));
}

/** Asks for a new code for the network the customer is on now. */
export async function sendForThisNetworkAction(): Promise<void> {
  const trusted = await readTrustedBrowser();
  return answer(({ cookie, client }) => moveToNetwork(cookie, client, trusted));
}

/** Finishes a sign-in that support lets through without its code. */
export async function continueAction(): Promise<void> {
  return answer(({ cookie, client }) => usePass(cookie, client));
}

type Asking = { cookie: Awaited<ReturnType<typeof readPendingCookie>>; client: Client };

/** Carries a step out and answers it; with the database away, says so, where nothing was counted. */
async function answer(
  step: (asking: Asking) => Promise<WayInOutcome>,
  asked: Pick<AskedBy, "code"> = {},
): Promise<never> {
  const client = clientOf(await headers());
  const cookie = await readPendingCookie();
  const outcome = await orUnavailable(() => step({ cookie, client }));
  const { ip } = client;
  return redirect(await answerSignIn(outcome, { ...asked, ip, handOver: handOverSession }));
}

async function orUnavailable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return redirect("/verify");
  }
}
