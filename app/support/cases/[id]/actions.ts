"use server";

import { notFound } from "next/navigation";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { supportRoles } from "@/lib/account/roles";
import { decideCase, type TypedDecision } from "@/lib/cases/review/review-decide";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { isId } from "@/lib/typed/is-id";

const QUEUE = "/support/cases";

/** Asks whoever sent a case for more. */
export async function askForMoreAction(form: FormData): Promise<void> {
  return decide(form, "ask");
}

/** Agrees to a case. */
export async function approveAction(form: FormData): Promise<void> {
  return decide(form, "approve");
}

/** Refuses a case. */
export async function refuseAction(form: FormData): Promise<void> {
  return decide(form, "refuse");
}

async function decide(form: FormData, decision: TypedDecision["decision"]): Promise<void> {
  const id = oneValue(form, "id") ?? "";
  const path = isId(id) ? `${QUEUE}/${id}` : QUEUE;
  const staff = await orUnavailable(path, () => requireStaffMember(path, supportRoles));
  const text = oneValue(form, "text") ?? "";
  const seenVersion = Number(oneValue(form, "version") ?? "");
  const typed = { id, seenVersion, decision, text };
  const outcome = await orUnavailable(path, () => decideCase(staff, typed));
  const refused = { form: decision, values: { case: id } };
  switch (outcome.kind) {
    case "agreed":
      return answerDone(path, "agreed", { case: id, missing: String(outcome.missing) });
    case "approved":
    case "refused":
    case "asked":
      return answerDone(path, outcome.kind, { case: id });
    case "invalid":
      return refuse(path, { ...refused, errors: { text: outcome.error } });
    case "oneself":
    case "outdated":
    case "over":
    case "admins-only":
    case "approved-by-you":
    case "no-account":
    case "taken":
      return refuse(path, { ...refused, reason: outcome.kind });
    case "not-independent": {
      const values = { ...refused.values, tie: outcome.tie };
      return refuse(path, { ...refused, values, reason: outcome.kind });
    }
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(path);
  }
}
