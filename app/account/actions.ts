"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/lib/auth/next-auth";
import { leaveNotice } from "@/lib/auth/notice";
import { clearDraftCookie } from "@/lib/cases/draft-cookie";

/** Ends this session and says so on the way out. */
export async function signOutAction(): Promise<void> {
  await signOut({ redirect: false });
  // On a shared computer the next person must not find the request of the one before.
  await clearDraftCookie();
  await leaveNotice({ kind: "signed-out" });
  redirect("/login");
}
