"use server";

import { redirect } from "next/navigation";
import { clientNow } from "@/lib/client/client-ip";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { type PressOutcome, pressNotMe } from "@/lib/not-me/press-not-me";
import { oneValue } from "@/lib/password/typed-credentials";

/** Carries "that was not me" out. */
export async function pressNotMeAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = `/not-me?token=${encodeURIComponent(token?.slice(0, 100) ?? "")}`;
  let outcome: PressOutcome;
  try {
    outcome = await pressNotMe(token, clientNow());
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return redirect(path);
  }
  switch (outcome.kind) {
    case "secured": {
      const { maskedContact, blockedUntil } = outcome;
      const until = blockedUntil?.toISOString() ?? "";
      await leaveNotice({ kind: "done", what: "secured", values: { maskedContact, until } });
      return redirect(path);
    }
    case "over":
      await leaveNotice({ kind: "over", page: "/not-me" });
      return redirect(path);
  }
}
