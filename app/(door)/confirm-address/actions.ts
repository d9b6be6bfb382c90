"use server";

import { redirect } from "next/navigation";
import { clientNow } from "@/lib/client/client-ip";
import { confirmByLink } from "@/lib/contact/confirm";
import { isDatabaseDown } from "@/lib/db/database-down";
import { clearNotice, leaveNotice } from "@/lib/forms/notice";
import { oneValue } from "@/lib/password/typed-credentials";

/** Confirms what the link is about; its page then says what became of it. */
export async function confirmAddressAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = `/confirm-address?token=${encodeURIComponent(token?.slice(0, 100) ?? "")}`;
  try {
    await confirmByLink(token, clientNow());
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    redirect(path);
  }
  await clearNotice();
  redirect(path);
}
