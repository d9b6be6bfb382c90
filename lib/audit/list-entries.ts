import { type AuditAction, auditActionOf } from "@/lib/audit/audit-actions";
import { type AuditMachine, auditMachine, auditMachines } from "@/lib/audit/audit-machine";
import {
  type AuditActor,
  type AuditFilter,
  type FilterErrors,
  readFilter,
  type TypedFilter,
  wantedBy,
} from "@/lib/audit/read-filter";
import { AUDIT_ACTORS_OFFERED, AUDIT_ENTRIES_PER_PAGE } from "@/lib/audit/rules/limits";
import { findActors, findEntries, type StoredEntry } from "@/lib/audit/store";
import { dayAt } from "@/lib/calendar-days";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";

const machines: AuditActor[] = auditMachines.map((name) => ({
  ...{ id: name, actor: name, name: null },
}));

/** Roles as entries name them: those of staff, and who ran a command on the server. */
const auditRoles = ["marketing", "support", "admin", "operator"] as const;
const subjectKinds = ["account", "case", "staff", "question", "setting", "template"] as const;

/** An entry of the log as its page shows it. What this version has no word for comes as it is stored. */
export type ShownEntry = {
  seq: string;
  at: Date;
  /** A staff member's address then, or the name of a machine. */
  actor: string;
  machine: AuditMachine | null;
  role: (typeof auditRoles)[number] | null;
  action: AuditAction | null;
  storedAction: string;
  /** What it is about; null: nothing in particular. */
  subject: { kind: (typeof subjectKinds)[number]; id: string } | null;
  reason: string | null;
  /** Names and values on one line; "" where there are none. */
  details: string;
  ip: string | null;
};

/** A page of the audit log, with what its filter offers and what is wrong with it. */
export type AuditPage = {
  actors: AuditActor[];
  filter: AuditFilter;
  /** With any of them, no entries are shown: they would not be what was asked for. */
  errors: FilterErrors;
  entries: ShownEntry[];
  /** Where the next page goes on, for its address; null: this is the last one. */
  next: string | null;
};

function detailsText(details: unknown): string {
  if (typeof details !== "object" || details === null) return "";
  const parts = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return parts.join(", ");
}

function shown(entry: StoredEntry): ShownEntry {
  const kind = subjectKinds.find((known) => known === entry.subjectKind);
  return {
    seq: entry.seq.toString(),
    at: entry.at,
    actor: entry.actor,
    machine: entry.actorId === null ? auditMachine(entry.actor) : null,
    role: auditRoles.find((known) => known === entry.role) ?? null,
    action: auditActionOf(entry.action),
    storedAction: entry.action,
    subject: kind && entry.subjectId !== null ? { kind, id: entry.subjectId } : null,
    reason: entry.reason,
    details: detailsText(entry.details),
    ip: entry.ip,
  };
}

/** Reads where a page goes on out of its address; null for anything else, which shows the first page. */
export function readSeq(text: string | null): bigint | null {
  return text !== null && /^[1-9]\d{0,17}$/.test(text) ? BigInt(text) : null;
}

/** A day as the filter takes it, for words: the present one in UTC. */
export const auditDayExample = (): string => dayAt(readClock(), "UTC");

/** Who the filter of the log offers. */
export async function listActors(): Promise<AuditActor[]> {
  return [...(await findActors(database, AUDIT_ACTORS_OFFERED)), ...machines];
}

/**
 * A page of the audit log, the latest entry first.
 *
 * @param typed the filter's fields, from anybody
 * @param page.after the number of the last entry of the page before
 * @param page.timeZone in which the filter's days begin: that of the times the page shows
 */
export async function listEntries(
  typed: TypedFilter,
  page: { after: string | null; timeZone: string },
): Promise<AuditPage> {
  const actors = await listActors();
  const { filter, errors } = readFilter(typed, actors);
  if (Object.keys(errors).length > 0) return { actors, filter, errors, entries: [], next: null };
  const found = await findEntries(database, wantedBy(filter, page.timeZone), {
    olderThan: readSeq(page.after),
    limit: AUDIT_ENTRIES_PER_PAGE + 1,
  });
  const rows = found.slice(0, AUDIT_ENTRIES_PER_PAGE);
  const next = found.length > rows.length ? (rows.at(-1)?.seq.toString() ?? null) : null;
  return { actors, filter, errors, entries: rows.map(shown), next };
}
