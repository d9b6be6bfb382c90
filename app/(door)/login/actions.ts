"use server";

import { redirect } from "next/navigation";
import { pressPasskeySignIn } from "@/lib/server/presses/press-passkey";
import { pressSignIn } from "@/lib/server/presses/press-sign-in";

/** Signs in with e-mail and password. A built server answers the form before it comes here. */
export async function signInAction(form: FormData): Promise<void> {
  redirect(await pressSignIn(form));
}

/** Signs in with a passkey instead of the password. */
export async function signInWithPasskeyAction(form: FormData): Promise<void> {
  redirect(await pressPasskeySignIn(form));
}
