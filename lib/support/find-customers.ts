import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { readClock } from "@/lib/clock";
import { accountOfCodes } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { uuidRangeOf } from "@/lib/mail/mail-reference";
import { afterDays } from "@/lib/moments";
import { readSearch, type Search } from "@/lib/support/read-search";
import { RESULTS_SHOWN } from "@/lib/support/rules/limits";
import {
  type FoundRow,
  findByEmail,
  findByIds,
  findByName,
  findByNetwork,
  findMailsOfRange,
  findReference,
  type Match,
} from "@/lib/support/search-store";
import { maskEmail } from "@/lib/typed/mask-email";
import { isVisible } from "@/lib/typed/visible";

/** A customer as a search shows them. */
export type FoundCustomer = {
  id: string;
  name: string;
  maskedEmail: string;
  role: string;
  matched: Match;
};

/** What a search led to. */
export type SearchOutcome =
  | { kind: "nothing" | "too-short" }
  | {
      kind: "searched";
      /** What was typed was taken for this. */
      what: Exclude<Search["kind"], "nothing" | "too-short">;
      /** At most 25, the best matches first. */
      customers: FoundCustomer[];
      hasMore: boolean;
      /** The case that bears the reference. */
      recoveryCase: { id: string; reference: string } | null;
      /** A block that bears the reference and belongs to no account, such as a sign-up's. */
      blockOfNobody: { until: Date | null } | null;
      /** The one thing that bears the reference and has a page; null: none, or several do. */
      opens: Opened | null;
    };

/** What an exact reference opens at once. */
export type Opened =
  | { kind: "block"; reference: string }
  | { kind: "case"; id: string }
  | { kind: "mail"; id: string }
  /** A sign-in stands on the page of its account. */
  | { kind: "sign-in"; accountId: string };

type Found = Omit<
  Extract<SearchOutcome, { kind: "searched" }>,
  "kind" | "customers" | "hasMore"
> & {
  rows: FoundRow[];
};

/**
 * Finds customers by whatever was typed. Each search stands in the audit log, without its text.
 *
 * @param typed from anybody of the staff, however long
 */
export async function findCustomers(staff: StaffMember, typed: string): Promise<SearchOutcome> {
  const search = readSearch(typed);
  if (search.kind === "nothing" || search.kind === "too-short") return { kind: search.kind };
  const now = readClock();
  const { rows, ...found } = await find(database, search, now);
  const customers = rows.slice(0, RESULTS_SHOWN).map(({ email, ...row }) => ({
    ...row,
    // A name of before, of which nothing can be seen, could not be clicked.
    name: isVisible(row.name) ? row.name : maskEmail(email),
    maskedEmail: maskEmail(email),
  }));
  const details = { searched: found.what, found: customers.length };
  await inTransaction((tx) =>
    recordAudit(tx, staff, { action: "customer-searched", details, now }),
  );
  return { kind: "searched", ...found, customers, hasMore: rows.length > customers.length };
}

async function find(
  database: Database,
  search: Exclude<Search, { kind: "nothing" | "too-short" }>,
  now: Date,
): Promise<Found> {
  // One more than is shown says whether there are more.
  const limit = RESULTS_SHOWN + 1;
  const alone = { what: search.kind, recoveryCase: null, blockOfNobody: null, opens: null };
  switch (search.kind) {
    case "email": {
      const rows = await findByEmail(database, search.email, limit);
      if (rows.length > 0 || search.otherwise === undefined) return { ...alone, rows };
      return { ...alone, rows: await findByEmail(database, search.otherwise, limit) };
    }
    case "network": {
      const filter = { network: search.network, since: afterDays(now, -HISTORY_DAYS) };
      return { ...alone, rows: await findByNetwork(database, filter, limit) };
    }
    case "name":
      return { ...alone, rows: await findByName(search.name, limit) };
    case "reference": {
      const found =
        (await findBearers(database, search.reference)) ??
        (await findMail(database, search.reference));
      if (found !== null) return { what: "reference", ...found };
      const rows = await findByName(search.name, limit);
      return { ...alone, what: rows.length > 0 ? "name" : "reference", rows };
    }
  }
}

async function findBearers(
  database: Database,
  reference: string,
): Promise<Omit<Found, "what"> | null> {
  const { block, recoveryCase, pending } = await findReference(database, reference);
  if (block === null && recoveryCase === null && pending === null) return null;
  const blocked = block && accountOfCodes(block.subject);
  const bearers: [string | null | undefined, Match][] = [
    [blocked, "block"],
    [recoveryCase?.accountId, "case"],
    [pending?.accountId, "pending"],
  ];
  const rows: FoundRow[] = [];
  for (const [id, matched] of bearers) {
    if (id) rows.push(...(await findByIds(database, [id], matched)));
  }
  // Staff see no drafts.
  const sent = recoveryCase?.sentAt ? { id: recoveryCase.id, reference } : null;
  const opened: Opened[] = [];
  if (blocked) opened.push({ kind: "block", reference });
  if (sent) opened.push({ kind: "case", id: sent.id });
  if (pending?.accountId) opened.push({ kind: "sign-in", accountId: pending.accountId });
  const [only = null, ...others] = opened;
  return {
    rows: rows.filter(({ id }, index) => rows.findIndex((row) => row.id === id) === index),
    recoveryCase: sent,
    blockOfNobody: block && !blocked ? { until: block.blockedUntil } : null,
    opens: others.length === 0 && !(block && !blocked) ? only : null,
  };
}

/** A customer's mail by its own reference; of two with one of the short ones of before, both their owners. */
async function findMail(
  database: Database,
  reference: string,
): Promise<Omit<Found, "what"> | null> {
  const range = uuidRangeOf(reference);
  const mails = range === null ? [] : await findMailsOfRange(database, range);
  const [only, ...others] = mails;
  if (only === undefined) return null;
  const owners = [...new Set(mails.flatMap(({ accountId }) => accountId ?? []))];
  return {
    rows: await findByIds(database, owners, "mail"),
    recoveryCase: null,
    blockOfNobody: null,
    opens: others.length === 0 ? { kind: "mail", id: only.id } : null,
  };
}
