"use server";

import { redirect } from "next/navigation";
import {
  pressContinue,
  pressResend,
  pressSendForThisNetwork,
  pressVerify,
} from "@/lib/server/presses/press-verify";

// A built server answers these forms before they come here (lib/server/presses/presses.ts).

/** Judges the typed code; a right one signs in. */
export async function verifyAction(form: FormData): Promise<void> {
  redirect(await pressVerify(form));
}

/** Mails the same code again. */
export async function resendAction(form: FormData): Promise<void> {
  redirect(await pressResend(form));
}

/** Asks for a new code for the network the customer is on now. */
export async function sendForThisNetworkAction(): Promise<void> {
  redirect(await pressSendForThisNetwork());
}

/** Finishes a sign-in that is let through without its code. */
export async function continueAction(): Promise<void> {
  redirect(await pressContinue());
}
