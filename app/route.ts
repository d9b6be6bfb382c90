import { redirect } from "next/navigation";
import { workplaceOf } from "@/lib/account/roles";
import { HOME_PATH } from "@/lib/cookies/local-path";
import { askToSignIn, sessionAround } from "@/lib/next-auth/session";

/**
 * Leads to where one's work is, after a sign-in too: staff to the desk, customers to their account. No
 * page: what one says above it once after a right code would be said to nobody.
 */
export async function GET(): Promise<never> {
  const session = await sessionAround();
  if (session === null) askToSignIn("/");
  redirect(workplaceOf(session.account.role) ?? HOME_PATH);
}
