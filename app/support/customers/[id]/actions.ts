"use server";

import { notFound } from "next/navigation";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import type { ActForm } from "@/app/support/customers/[id]/act-answers";
import { requireStaffMember } from "@/app/support/staff-member";
import { supportRoles } from "@/lib/account/roles";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import type { ActRequest, NotDone } from "@/lib/support/act-on-customer";
import { carryOutAct, readPlainAct } from "@/lib/support/act-steps";
import {
  confirmCallBack,
  grantHotlinePass,
  type PassErrors,
  type PassOutcome,
} from "@/lib/support/hotline-pass";
import { showAddresses } from "@/lib/support/record-view";
import { isId } from "@/lib/typed/is-id";

type Begun = { path: string; request: ActRequest; target: string };

/** Who sends a form about whom; the id is anybody's word. */
async function begin(form: FormData): Promise<Begun> {
  const customerId = oneValue(form, "customer");
  if (!isId(customerId)) return notFound();
  const path = `/support/customers/${customerId}`;
  const staff = await orUnavailable(path, () => requireStaffMember(path, supportRoles));
  const reason = oneValue(form, "reason") ?? "";
  return { path, request: { staff, customerId, reason }, target: oneValue(form, "target") ?? "" };
}

const done = ({ path, request }: Begun, what: string, values: Record<string, string> = {}) =>
  answerDone(path, what, { customer: request.customerId, ...values });

/** Goes back to say why an act was not done. */
async function notDone(
  { path, request, target }: Begun,
  form: ActForm,
  outcome: Exclude<NotDone, { kind: "invalid" }> | { kind: "invalid"; errors: PassErrors },
): Promise<never> {
  const values = { customer: request.customerId, target };
  switch (outcome.kind) {
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(path);
    case "invalid":
      return refuse(path, { form, values, errors: { ...outcome.errors } });
    case "oneself":
    case "admins-only":
      return refuse(path, { form, values, reason: outcome.kind });
  }
}

/** Shows the addresses and the number of a customer for a while. */
export async function showAddressesAction(form: FormData): Promise<void> {
  const begun = await begin(form);
  const { path, request } = begun;
  const { staff, customerId } = request;
  const outcome = await orUnavailable(path, () => showAddresses(staff, customerId));
  return outcome.kind === "shown" ? done(begun, "addresses-shown") : notFound();
}

/** Does one of the acts that ask for nothing but a reason. */
export async function actAction(form: FormData): Promise<void> {
  const begun = await begin(form);
  const act = readPlainAct(oneValue(form, "act"));
  if (act === null) return notFound();
  const { path, request, target } = begun;
  const outcome = await orUnavailable(path, () => carryOutAct(act, { ...request, target }));
  switch (outcome.kind) {
    case "invalid":
    case "unknown":
    case "signed-out":
    case "oneself":
    case "admins-only":
      return notDone(begun, act, outcome);
    case "too-often": {
      const values = { customer: request.customerId, target };
      const { kind, until } = outcome;
      return refuse(path, { form: act, values, reason: kind, until });
    }
    default: {
      const { kind, blockedNetwork, network } = outcome;
      const named = Object.entries({ place: blockedNetwork, network }).filter(
        (one) => typeof one[1] === "string",
      );
      return done(begun, act, { outcome: kind, ...Object.fromEntries(named) });
    }
  }
}

/** Lets a caller's pending sign-in through without its code. */
export async function grantPassAction(form: FormData): Promise<void> {
  const begun = await begin(form);
  const { path, request } = begun;
  const reference = oneValue(form, "reference") ?? "";
  const pin = oneValue(form, "pin") ?? "";
  const calledBack = oneValue(form, "calledBack") !== null;
  const typed = { ...request, reference, pin, calledBack };
  const outcome = await orUnavailable(path, () => grantHotlinePass(typed));
  return answerPass(begun, "hotline-pass", outcome);
}

/** Confirms that a customer was called back, as a second member of staff. */
export async function confirmCallBackAction(form: FormData): Promise<void> {
  const begun = await begin(form);
  const { path, request, target: signIn } = begun;
  const outcome = await orUnavailable(path, () => confirmCallBack({ ...request, signIn }));
  return answerPass(begun, "confirm-call-back", outcome);
}

async function answerPass(
  begun: Begun,
  form: "hotline-pass" | "confirm-call-back",
  outcome: PassOutcome,
): Promise<void> {
  const { path, request, target } = begun;
  switch (outcome.kind) {
    case "granted":
      return done(begun, "pass-granted", { until: outcome.until.toISOString() });
    case "call-back-noted":
      return done(begun, outcome.kind, { until: outcome.until.toISOString() });
    case "invalid":
    case "unknown":
    case "signed-out":
    case "oneself":
    case "admins-only":
      return notDone(begun, form, outcome);
    default: {
      const about = { customer: request.customerId, target };
      const isTied = outcome.kind === "not-independent";
      return refuse(path, {
        form,
        values: isTied ? { ...about, tie: outcome.tie } : about,
        reason: outcome.kind,
        until: outcome.kind === "too-many-pins" ? outcome.until : undefined,
        reference: outcome.kind === "blocked" ? outcome.reference : undefined,
      });
    }
  }
}
