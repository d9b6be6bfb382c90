"use server";

import { redirect } from "next/navigation";
import { joinFormName } from "@/app/(door)/staff-invitation/join-words";
import { orUnavailable, refuse } from "@/app/forms/answer";
import { clearPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientNow } from "@/lib/client/client-ip";
import { leaveNotice } from "@/lib/forms/notice";
import { pageLocale } from "@/lib/i18n/page-locale";
import { oneValue } from "@/lib/password/typed-credentials";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";

const pathOf = (token: string | null) =>
  `/staff-invitation?token=${encodeURIComponent(token?.slice(0, 100) ?? "")}`;

/** Gives the account of the invited address its role. */
export async function acceptInvitationAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = pathOf(token);
  const client = clientNow();
  const outcome = await orUnavailable(path, () => acceptInvitation(token, client));
  switch (outcome.kind) {
    case "joined":
      return leadToSignIn();
    case "outdated":
      return refuse(path, { form: joinFormName, reason: "outdated" });
    case "over":
      await leaveNotice({ kind: "over", page: "/staff-invitation" });
      return redirect(path);
  }
}

/** Makes the account of the invited address, with its role. */
export async function joinAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = pathOf(token);
  const client = clientNow();
  const newcomer = {
    name: oneValue(form, "name") ?? "",
    password: oneValue(form, "password") ?? "",
    locale: await pageLocale(),
  };
  const outcome = await orUnavailable(path, () => joinByInvitation(token, newcomer, client));
  switch (outcome.kind) {
    case "joined":
      return leadToSignIn();
    case "invalid": {
      const { name, password } = outcome.errors;
      return refuse(path, { form: joinFormName, errors: { name, password } });
    }
    case "outdated":
      return refuse(path, { form: joinFormName, reason: "outdated" });
    case "over":
      await leaveNotice({ kind: "over", page: "/staff-invitation" });
      return redirect(path);
  }
}

async function leadToSignIn(): Promise<void> {
  await clearPendingCookie();
  await leaveNotice({ kind: "done", what: "staff-joined", values: {} });
  return redirect("/login");
}
