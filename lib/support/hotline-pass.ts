import { isId } from "@/lib/account/is-id";
import { recordSupportAct } from "@/lib/account/record-support-act";
import { recordAudit } from "@/lib/audit/record-audit";
import { hasLiveCase } from "@/lib/cases/has-live-case";
import { now } from "@/lib/clock";
import { countRequest, giveBack, type RateVerdict } from "@/lib/rate-limit/rate-window";
import { findAttempts } from "@/lib/sign-in/challenge-store";
import type { Client } from "@/lib/sign-in/client";
import { deviceOf } from "@/lib/sign-in/device-name";
import { networkText } from "@/lib/sign-in/network";
import { countryCodeOf } from "@/lib/sign-in/place-name";
import { liveAttempts } from "@/lib/sign-in/rules/code-attempts";
import { type Database, database } from "@/lib/sign-in/store";
import { isStaff } from "@/lib/staff/roles";
import { isOneself, type StaffMember } from "@/lib/staff/staff-member";
import {
  type ActRequest,
  type Locked,
  type MayNot,
  onLockedCustomer,
} from "@/lib/support/act-on-customer";
import { findCalledSignIn, storePass } from "@/lib/support/customer-store";
import { readReference } from "@/lib/support/read-search";
import { canCallBack } from "@/lib/support/rules/can-call-back";
import {
  type CallerCheck,
  type HotlinePassVerdict,
  judgeHotlinePass,
} from "@/lib/support/rules/judge-hotline-pass";
import { WRONG_PINS_PER_HOUR } from "@/lib/support/rules/limits";
import { type ReasonError, readReason } from "@/lib/support/rules/read-reason";
import { renewPin } from "@/lib/support-pin/store";
import { isSupportPin } from "@/lib/support-pin/support-pin";

/** Why a field is not taken; each is a message's key. */
export type PassErrors = {
  reference?: "referenceMissing" | "referenceMalformed";
  pin?: "checkMissing";
  reason?: ReasonError;
};

/** What the rule refuses stands in the audit log; nobody is mailed of it. */
export type PassOutcome =
  | Exclude<HotlinePassVerdict, { kind: "too-many-pins" }>
  | { kind: "too-many-pins"; until: Date }
  | { kind: "invalid"; errors: PassErrors }
  | MayNot;

/** What the form says, as typed. */
export type PassRequest = ActRequest & {
  /** As the caller reads it from their own screen. */
  reference: string;
  /** As the caller says it; empty where they were called back. */
  pin: string;
  /** Whether the customer was called back on the number on the record, and answered. */
  calledBack: boolean;
};

type ReadForm = { reference: string; reason: string; usesPin: boolean };

function readForm(request: PassRequest): ReadForm | { errors: PassErrors } {
  const errors: PassErrors = {};
  const reference = readReference(request.reference);
  const read = readReason(request.reason);
  const usesPin = request.pin.trim() !== "";
  if (request.reference.trim() === "") errors.reference = "referenceMissing";
  else if (reference === null) errors.reference = "referenceMalformed";
  if (!usesPin && !request.calledBack) errors.pin = "checkMissing";
  if ("error" in read) errors.reason = read.error;
  return reference === null || "error" in read || errors.pin !== undefined
    ? { errors }
    : { reference, reason: read.reason, usesPin };
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
  const key = `pin/${customerId}`;
  const limit = { key, subject: key, limit: WRONG_PINS_PER_HOUR };
  const admission = form.usesPin ? await countRequest(database, [limit], now()) : null;
  const outcome = await onLockedCustomer<PassOutcome>(request, (tx, locked) =>
    judgeAndGrant(tx, request, { ...locked, ...form, admission }),
  );
  if (admission?.kind === "admitted" && outcome.kind !== "wrong-pin") {
    await giveBack(database, [key]);
  }
  return outcome;
}

type Granting = Locked & ReadForm & { admission: RateVerdict | null };

type Called = NonNullable<Awaited<ReturnType<typeof findCalledSignIn>>>;

async function judgeAndGrant(
  tx: Database,
  request: PassRequest,
  granting: Granting,
): Promise<PassOutcome> {
  const { staff } = request;
  const { customer, reference, reason, admission, at } = granting;
  const { id } = customer;
  const called = await findCalledSignIn(tx, id, reference);
  const record = called === null ? null : await findAttempts(tx, id, called.place);
  const verdict = judgeHotlinePass({
    now: at,
    isOneself: isOneself(staff, id),
    isStaff: isStaff(customer.role),
    hasLiveCase: await hasLiveCase(tx, id),
    passwordOff: customer.passwordOffAt !== null,
    signIn: called && { ...called, block: liveAttempts(record, at).block },
    check: checkOf(request.pin, granting),
  });
  if (verdict.kind === "granted" && called !== null) {
    await grant(tx, staff, granting, called, verdict.until);
    return verdict;
  }
  // Not what was typed: a PIN may stand in the wrong field.
  const details = { because: verdict.kind };
  const subject = { kind: "account" as const, id };
  await recordAudit(tx, staff, { action: "hotline-pass-refused", subject, reason, details, at });
  if (verdict.kind !== "too-many-pins") return verdict;
  return { kind: "too-many-pins", until: admission?.kind === "refused" ? admission.until : at };
}

async function grant(
  tx: Database,
  staff: StaffMember,
  granting: Granting,
  called: Called,
  until: Date,
): Promise<void> {
  const { customer, told, reason, usesPin, at } = granting;
  await storePass(tx, called.id, until);
  if (usesPin) await renewPin(tx, customer.id);
  const check = usesPin ? "pin" : "call-back";
  await recordSupportAct(tx, staff, {
    kind: "hotline-pass",
    audit: { action: "hotline-pass-granted", details: { reference: called.reference, check } },
    told,
    reason,
    client: clientOf(called),
    about: called.place === "unknown" ? {} : { place: networkText(called.place) },
    until,
    at,
  });
}

function checkOf(pin: string, { customer, admission, at }: Granting): CallerCheck {
  if (admission === null) {
    return { kind: "call-back", possible: canCallBack({ ...customer, now: at }) };
  }
  const triesUsedUp = admission.kind === "refused";
  // No guess is compared beyond the limit.
  return { kind: "pin", right: !triesUsedUp && isSupportPin(customer, pin), triesUsedUp };
}

/** Whose sign-in is let through, for the mails about it. */
function clientOf({ ip, place, userAgent }: Called): Client {
  return {
    ip,
    network: place === "unknown" ? null : place,
    countryCode: ip === null ? null : countryCodeOf(ip),
    ...deviceOf(userAgent),
    userAgent,
  };
}
