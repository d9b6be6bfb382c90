"use server";

import { redirect } from "next/navigation";
import { pressSignIn } from "@/lib/server/presses/press-sign-in";

/** Signs in with e-mail and password. A built server answers the form before it comes here. */
export async function signInAction(form: FormData): Promise<void> {
  redirect(await pressSignIn(form));
}
