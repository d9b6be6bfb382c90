"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/lib/auth/next-auth";
import { leaveNotice } from "@/lib/auth/notice";

/** Ends this session and says so on the way out. */
export async function signOutAction(): Promise<void> {
  await signOut({ redirect: false });
  await leaveNotice({ kind: "signed-out" });
  redirect("/login");
}
