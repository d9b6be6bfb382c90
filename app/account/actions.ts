"use server";

import { redirect } from "next/navigation";
import { clearDraftCookie } from "@/lib/cases/request/draft-cookie";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { endOwnSession } from "@/lib/next-auth/session-cookie";

/** Ends this session and says so on the way out; where it cannot, says that it lives. */
export async function signOutAction(): Promise<void> {
  try {
    await endOwnSession();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "not-signed-out" });
    redirect("/login");
  }
  // On a shared computer the next person must not find the request of the one before.
  await clearDraftCookie();
  await leaveNotice({ kind: "signed-out" });
  redirect("/login");
}
