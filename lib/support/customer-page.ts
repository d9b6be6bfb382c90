import { type PasswordOffCause, passwordOffCause } from "@/lib/access/rules/password-off";
import { hasLiveCase } from "@/lib/account/has-live-case";
import { isStaff } from "@/lib/account/roles";
import { caseState } from "@/lib/account/rules/case-states";
import { isOneself, type StaffMember } from "@/lib/account/staff-member";
import { detailsOf } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { findAddresses } from "@/lib/contact/store";
import { type Database, database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { phoneEnd } from "@/lib/phone/rules/read-phone";
import { findWaitingCallBacks } from "@/lib/support/call-back-store";
import { type Customer, findCases, findCustomer } from "@/lib/support/customer-store";
import { findShownFactors, type ShownFactors } from "@/lib/support/factors-store";
import { type Access, listAccess } from "@/lib/support/list-access";
import { areAddressesShown, recordView } from "@/lib/support/record-view";
import { canCallBack } from "@/lib/support/rules/can-call-back";
import { type ActVerdict, judgeAct } from "@/lib/support/rules/judge-act";
import { type PlacedActs, placeActs } from "@/lib/support/rules/place-acts";
import {
  listTimeline,
  type TimelineEntry,
  type TimelineView,
  type WriteAddress,
} from "@/lib/support/timeline";
import {
  type CustomerCase,
  listTroubles,
  type NotedCallBack,
  type Trouble,
} from "@/lib/support/troubles";
import { isId } from "@/lib/typed/is-id";
import { maskEmail } from "@/lib/typed/mask-email";

/** Everything that `/support/customers/[id]` shows. */
export type CustomerPage = Access & {
  id: string;
  name: string;
  role: string;
  since: Date;
  locale: string;
  timeZone: string | null;
  closesAt: Date | null;
  passwordOff: { since: Date; because: PasswordOffCause } | null;
  /** Masked, unless the viewer has asked to see them. */
  addresses: {
    areShown: boolean;
    contact: string;
    further: { email: string; confirmed: boolean }[];
    phone: string | null;
  };
  /** Whether the viewer may act on this account. */
  mayAct: ActVerdict["kind"];
  pass: {
    /** Why none can be granted, whatever the caller says; null: one can. */
    never: "staff" | "case-open" | "password-off" | "has-factor" | null;
    /** The end of the number on the record, where that may be called back; else null. */
    callBack: string | null;
  };
  /** Its second step. */
  factors: ShownFactors;
  cases: CustomerCase[];
  /** What is wrong now or waits. */
  troubles: Trouble[];
  /** Where the acts on the account stand. */
  acts: PlacedActs;
  timeline: TimelineEntry[];
  /** Where the timeline goes on. */
  next: string | null;
};

/**
 * Reads everything support sees of a customer, and notes that it was looked at.
 *
 * @param id as the address says it, from anybody
 * @param after where the timeline goes on, likewise
 * @param view which part of the timeline
 * @returns null: no such account
 */
export async function readCustomerPage(
  staff: StaffMember,
  id: string,
  after: string | null,
  view: TimelineView = "all",
): Promise<CustomerPage | null> {
  const customer = isId(id) ? await findCustomer(database, id) : null;
  if (customer === null) return null;
  const now = readClock();
  await recordView(staff, customer.id, now);
  const areShown = await areAddressesShown(database, staff, customer.id, now);
  const write: WriteAddress = areShown ? (email) => email : maskEmail;
  const facts = {
    staffRole: staff.role,
    isOneself: isOneself(staff, customer.id),
    customerRole: customer.role,
  };
  const mayAct = judgeAct(facts).kind;
  const person = whoIs(customer);
  const { passwordOff } = person;
  const access = await listAccess(database, customer, now);
  const cases = await listCases(database, customer.id);
  const noted = await listCallBacks(database, staff, customer.id, now);
  const factors = await findShownFactors(database, customer.id);
  const known = { access, passwordOff, noted, cases, factorsEndAt: factors.endAt };
  const troubles = await listTroubles(database, customer, known, { now, write });
  return {
    ...person,
    mayAct,
    addresses: {
      areShown,
      contact: write(customer.email),
      further: await listFurther(database, customer.id, now, write),
      phone: customer.phone && (areShown ? customer.phone : phoneEnd(customer.phone)),
    },
    ...access,
    pass: {
      never: await neverPasses(database, customer),
      callBack:
        customer.phone !== null && canCallBack({ ...customer, now })
          ? phoneEnd(customer.phone)
          : null,
    },
    factors,
    cases,
    troubles,
    acts: placeActs({
      mayAct: mayAct === "allowed",
      troubles: troubles.map(({ kind }) => kind),
      isPasswordOff: passwordOff !== null,
      isIn: access.sessions.length + access.browsers.length > 0,
    }),
    ...(await listTimeline(database, customer.id, { after, view }, write)),
  };
}

function whoIs(customer: Customer) {
  const { id, name, role, createdAt, locale, timeZone, closesAt, passwordOffAt } = customer;
  const because = passwordOffCause(customer.passwordOffBecause);
  const passwordOff = passwordOffAt && { since: passwordOffAt, because };
  return { id, name, role, since: createdAt, locale, timeZone, closesAt, passwordOff };
}

async function listFurther(database: Database, id: string, now: Date, write: WriteAddress) {
  const found = await findAddresses(database, id, now);
  return found.map((one) => ({ email: write(one.email), confirmed: one.confirmedAt !== null }));
}

async function neverPasses(
  database: Database,
  customer: Customer,
): Promise<CustomerPage["pass"]["never"]> {
  if (isStaff(customer.role)) return "staff";
  if (await hasLiveCase(database, customer.id)) return "case-open";
  if (customer.passwordOffAt !== null) return "password-off";
  return (await hasFactor(database, customer.id)) ? "has-factor" : null;
}

async function listCallBacks(
  database: Database,
  staff: StaffMember,
  accountId: string,
  now: Date,
): Promise<NotedCallBack[]> {
  const found = await findWaitingCallBacks(database, accountId, now);
  return found.map(({ challengeId: id, askedById, askedByName: by, askedAt, challenge }) => {
    const { expiresAt: until, ...from } = challenge;
    const isOwn = isOneself(staff, askedById);
    return { id, by, isOwn, at: askedAt, until, ...detailsOf(from) };
  });
}

async function listCases(database: Database, accountId: string): Promise<CustomerCase[]> {
  const found = await findCases(database, accountId);
  return found.flatMap(({ id, reference, state: stored, sentAt }) => {
    const state = caseState(stored);
    return sentAt === null || state === "draft" ? [] : [{ id, reference, state, sentAt }];
  });
}
