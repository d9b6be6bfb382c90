import { hasLiveCase } from "@/lib/account/has-live-case";
import { isStaff } from "@/lib/account/roles";
import { isOneself, type StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { recordSupportAct } from "@/lib/audit/record-support-act";
import { findBlock } from "@/lib/challenge/judge-pending";
import { type Client, makeClient } from "@/lib/client/client";
import { networkOfKey } from "@/lib/client/network-key";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { type AskedFrom, isOwnDoing } from "@/lib/colleagues/own-doing-store";
import type { Database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import type { Tie } from "@/lib/mail/rules/ties";
import { networkText } from "@/lib/network/network";
import type { RateVerdict } from "@/lib/rate-limit/rate-window";
import type { Locked } from "@/lib/support/act-on-customer";
import { findCallBack, forgetCallBack, noteCallBack } from "@/lib/support/call-back-store";
import { calledBackBy } from "@/lib/support/called-back-by";
import { findCalledSignIn, storePass } from "@/lib/support/customer-store";
import { canCallBack } from "@/lib/support/rules/can-call-back";
import {
  type CallerCheck,
  type HotlinePassVerdict,
  judgeHotlinePass,
} from "@/lib/support/rules/judge-hotline-pass";
import { renewPin } from "@/lib/support-pin/store";
import { isSupportPin } from "@/lib/support-pin/support-pin";

/** A sign-in by what the caller reads out, or by its id, where a call back was noted for it. */
export type CalledWhich = Parameters<typeof findCalledSignIn>[2];

/** How a request for a pass was judged. */
export type JudgedPass =
  | Exclude<HotlinePassVerdict, { kind: "too-many-pins" }>
  | { kind: "too-many-pins"; until: Date };

type Granting = Locked & {
  which: CalledWhich;
  reason: string;
  usesPin: boolean;
  /** How the count of PINs took it; null: none was typed. */
  admission: RateVerdict | null;
};

type Called = NonNullable<Awaited<ReturnType<typeof findCalledSignIn>>>;

/**
 * Judges the request for a pass under the lock of the customer's account, and carries the verdict
 * out.
 */
export async function judgePassRequest(
  tx: Database,
  request: { staff: StaffMember; pin: string },
  granting: Granting,
): Promise<JudgedPass> {
  const { staff } = request;
  const { customer, reason, admission, now } = granting;
  const { id } = customer;
  const called = await findCalledSignIn(tx, id, granting.which);
  const counted = { purpose: "sign-in", accountId: id } as const;
  const block = called && (await findBlock(tx, counted, called.network, now));
  const verdict = judgeHotlinePass({
    now,
    isOneself: isOneself(staff, id),
    isStaff: isStaff(customer.role),
    hasLiveCase: await hasLiveCase(tx, id),
    passwordOff: customer.passwordOffAt !== null,
    hasFactor: await hasFactor(tx, id),
    signIn: called && {
      ...called,
      block,
      isOwnDoing: await isOwnDoing(tx, staff, askedFrom(called)),
    },
    check: await checkOf(tx, request, granting, called),
  });
  if (verdict.kind === "granted" && called !== null) {
    await grant(tx, staff, granting, called, verdict.until);
    return verdict;
  }
  if (verdict.kind === "call-back-noted" && called !== null) {
    await note(tx, staff, granting, called);
    return verdict;
  }
  const tie = tieOf(verdict);
  if (tie !== null && tie !== "same") await notifyOthers(tx, staff, tie, now);
  // Not what was typed: a PIN may stand in the wrong field.
  const details = { because: verdict.kind, ...(tie === null ? {} : { tie }) };
  const subject = { kind: "account" as const, id };
  await recordAudit(tx, staff, { action: "hotline-pass-refused", subject, reason, details, now });
  if (verdict.kind !== "too-many-pins") return verdict;
  return { kind: "too-many-pins", until: admission?.kind === "refused" ? admission.until : now };
}

async function grant(
  tx: Database,
  staff: StaffMember,
  granting: Granting,
  called: Called,
  until: Date,
): Promise<void> {
  const { customer, notified, reason, usesPin, now } = granting;
  const noted = usesPin ? null : await findCallBack(tx, called.id);
  await storePass(tx, called.id, until);
  await forgetCallBack(tx, called.id);
  if (usesPin) await renewPin(tx, customer.id);
  const check = usesPin ? "pin" : "call-back";
  await recordSupportAct(tx, staff, {
    act: "hotline-pass",
    details: {
      reference: called.reference,
      check,
      ...(noted === null ? {} : { calledBackBy: noted.askedById }),
    },
    notified,
    reason,
    client: signerOf(called),
    about: called.network === "unknown" ? {} : { place: networkText(called.network) },
    until,
    now,
  });
}

/** Notes a call back; the sign-in waits for somebody who confirms it, and nobody is mailed yet. */
async function note(
  tx: Database,
  staff: StaffMember,
  { customer, reason, now }: Granting,
  { id: challengeId, reference }: Called,
): Promise<void> {
  const { accountId: askedById, account } = staff.session;
  const by = { askedById, askedByName: account.name, browserId: staff.browserId };
  await noteCallBack(tx, { challengeId, ...by, reason, askedAt: now });
  await recordAudit(tx, staff, {
    action: "call-back-noted",
    subject: { kind: "account", id: customer.id },
    reason,
    details: { reference },
    now,
  });
}

function tieOf(verdict: HotlinePassVerdict): Tie | null {
  if (verdict.kind === "own-doing") return verdict.kind;
  return verdict.kind === "not-independent" ? verdict.tie : null;
}

async function notifyOthers(tx: Database, staff: StaffMember, tie: Tie, now: Date): Promise<void> {
  const { account, accountId } = staff.session;
  await notifyAdmins(tx, {
    kind: "pass-refused",
    except: [accountId],
    client: staff.client,
    about: { member: account.email, tie },
    now,
  });
}

async function checkOf(
  tx: Database,
  { staff, pin }: { staff: StaffMember; pin: string },
  { customer, admission, which, now }: Granting,
  called: Called | null,
): Promise<CallerCheck> {
  if (admission === null) {
    const possible = canCallBack({ ...customer, now });
    if (called === null) return { kind: "call-back", possible, by: { kind: "one" } };
    const by = await calledBackBy(tx, staff, called, "id" in which);
    return { kind: "call-back", possible, by };
  }
  const triesUsedUp = admission.kind === "refused";
  // No guess is compared beyond the limit.
  return { kind: "pin", right: !triesUsedUp && isSupportPin(customer, pin), triesUsedUp };
}

const askedFrom = ({ network, browserId }: Called): AskedFrom => ({
  network: networkOfKey(network),
  browserId,
});

/** Whose sign-in is let through, for the mails about it. */
const signerOf = ({ ip, network, userAgent }: Called): Client =>
  makeClient({ ip, network: networkOfKey(network), userAgent });
