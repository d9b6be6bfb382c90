import { type ReasonError, readReason } from "@/lib/audit/rules/read-reason";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { countRequest, doCounted, giveBack } from "@/lib/rate-limit/rate-window";
import { type ActRequest, type MayNot, onLockedCustomer } from "@/lib/support/act-on-customer";
import { findCallBack } from "@/lib/support/call-back-store";
import {
  type CalledWhich,
  type JudgedPass,
  judgePassRequest,
} from "@/lib/support/judge-pass-request";
import { readReference } from "@/lib/support/read-search";
import { reasonLengths, WRONG_PINS_PER_HOUR } from "@/lib/support/rules/limits";
import { isId } from "@/lib/typed/is-id";

/** Why a field is not taken; each is a message's key. */
export type PassErrors = {
  reference?: "referenceMissing" | "referenceMalformed";
  pin?: "checkMissing";
  reason?: ReasonError;
};

/** What the rule refuses stands in the audit log; the customer is not mailed of it. */
export type PassOutcome = JudgedPass | { kind: "invalid"; errors: PassErrors } | MayNot;

/** What the form says, as typed. */
export type PassRequest = ActRequest & {
  /** As the caller reads it from their own screen. */
  reference: string;
  /** As the caller says it; empty where they were called back. */
  pin: string;
  /** Whether the customer was called back on the number on the record, and answered. */
  calledBack: boolean;
};

type ReadForm = { which: CalledWhich; reason: string; usesPin: boolean };

function readForm(request: PassRequest): ReadForm | { errors: PassErrors } {
  const errors: PassErrors = {};
  const reference = readReference(request.reference);
  const read = readReason(request.reason, reasonLengths);
  const usesPin = request.pin.trim() !== "";
  if (request.reference.trim() === "") errors.reference = "referenceMissing";
  else if (reference === null) errors.reference = "referenceMalformed";
  if (!usesPin && !request.calledBack) errors.pin = "checkMissing";
  if ("error" in read) errors.reason = read.error;
  return reference === null || "error" in read || errors.pin !== undefined
    ? { errors }
    : { which: { reference }, reason: read.reason, usesPin };
}

/**
 * Lets one pending sign-in through without its code, once and for minutes, for a caller who reads its
 * reference from their own screen and passes a check that the sign-in does not show. It trusts nothing
 * and widens nothing; a mail to every address leaves with it.
 */
export async function grantHotlinePass(request: PassRequest): Promise<PassOutcome> {
  const { customerId } = request;
  if (!isId(customerId)) return { kind: "unknown" };
  const form = readForm(request);
  if ("errors" in form) {
    return onLockedCustomer(request, async () => ({ kind: "invalid" as const, ...form }));
  }
  // Counted before it is compared, so that many guesses at the same moment cannot slip under the limit.
  const limit = { ...countKeys.pinsOf(customerId), limit: WRONG_PINS_PER_HOUR };
  const { key } = limit;
  const admission = form.usesPin ? await countRequest(database, [limit], readClock()) : null;
  const act = () =>
    onLockedCustomer<PassOutcome>(request, (tx, locked) =>
      judgePassRequest(tx, request, { ...locked, ...form, admission }),
    );
  const keys = admission?.kind === "admitted" ? [key] : [];
  const outcome = await doCounted(database, keys, act);
  if (admission?.kind === "admitted" && outcome.kind !== "wrong-pin") {
    await giveBack(database, [key]);
  }
  return outcome;
}

/**
 * Confirms, as a second member of staff, that a customer was called back on the number on the record;
 * their sign-in is then let through as by `grantHotlinePass`, and judged anew.
 *
 * @param request.signIn the id of the sign-in that the call back was noted for, as the form says it
 */
export async function confirmCallBack(
  request: ActRequest & { signIn: string },
): Promise<PassOutcome> {
  const typed = { ...request, reference: "", pin: "", calledBack: true };
  return onLockedCustomer<PassOutcome>(request, async (tx, locked) => {
    const read = readReason(request.reason, reasonLengths);
    if ("error" in read) return { kind: "invalid", errors: { reason: read.error } };
    const noted = isId(request.signIn) ? await findCallBack(tx, request.signIn) : null;
    if (noted === null) return { kind: "no-pending" };
    const which = { id: noted.challengeId };
    const { reason } = read;
    return judgePassRequest(tx, typed, {
      ...locked,
      which,
      reason,
      usesPin: false,
      admission: null,
    });
  });
}
