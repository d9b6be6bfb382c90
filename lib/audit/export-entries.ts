import { asSignedIn } from "@/lib/account/as-signed-in";
import type { StaffMember } from "@/lib/account/staff-member";
import { inHex } from "@/lib/audit/chain";
import { listActors } from "@/lib/audit/list-entries";
import { type AuditFilter, readFilter, type TypedFilter, wantedBy } from "@/lib/audit/read-filter";
import { recordAudit } from "@/lib/audit/record-audit";
import { AUDIT_ENTRIES_PER_BATCH } from "@/lib/audit/rules/limits";
import {
  type EntriesWanted,
  findEntriesInOrder,
  findLastSeq,
  type StoredEntry,
} from "@/lib/audit/store";
import { database } from "@/lib/db/transaction";
import { csvOf } from "@/lib/i18n/csv";
import type { Locale } from "@/lib/i18n/locales";

/** What becomes of the request for the log as a file. */
export type AuditExportOutcome =
  /** CSV, a part at a time, with the moment it was asked for. */
  | { kind: "exported"; parts: AsyncGenerator<string>; at: Date }
  | { kind: "filter-wrong" | "signed-out" };

const headings = [
  "seq",
  "time",
  "actor_id",
  "actor",
  "role",
  "ip",
  "action",
  "subject_kind",
  "subject_id",
  "reason",
  "details",
  "previous",
  "hash",
];

const rowOf = (entry: StoredEntry) => [
  entry.seq.toString(),
  entry.at.toISOString(),
  entry.actorId,
  entry.actor,
  entry.role,
  entry.ip,
  entry.action,
  entry.subjectKind,
  entry.subjectId,
  entry.reason,
  JSON.stringify(entry.details),
  inHex(entry.previous),
  inHex(entry.hash),
];

async function* csvParts(
  wanted: EntriesWanted,
  { upTo, batch, locale }: { upTo: bigint; batch: number; locale: Locale },
): AsyncGenerator<string> {
  yield csvOf([headings], locale);
  let after: bigint | null = null;
  for (;;) {
    const entries: StoredEntry[] = await findEntriesInOrder(database, {
      after,
      upTo,
      limit: batch,
      wanted,
    });
    if (entries.length > 0) yield csvOf(entries.map(rowOf), locale, "more");
    if (entries.length < batch) return;
    after = entries.at(-1)?.seq ?? null;
  }
}

function detailsOf({ action, actor, from, to, subjectId }: AuditFilter): Record<string, string> {
  const named = { action, staff: actor, from, to, subject: subjectId };
  const given = Object.entries(named).filter((one): one is [string, string] => one[1] !== null);
  return Object.fromEntries(given);
}

/**
 * Hands out the audit log by a filter, in its own order and as it is at this moment. However long it is,
 * only a part of it is held at a time.
 *
 * @param typed the filter's fields, from anybody
 * @param options.timeZone in which the filter's days begin
 * @param options.locale whose spreadsheets open the file
 */
export async function exportEntries(
  staff: StaffMember,
  typed: TypedFilter,
  options: { timeZone: string; locale: Locale; batch?: number },
): Promise<AuditExportOutcome> {
  const { timeZone, locale, batch = AUDIT_ENTRIES_PER_BATCH } = options;
  const { filter, errors } = readFilter(typed, await listActors());
  if (Object.keys(errors).length > 0) return { kind: "filter-wrong" };
  // Nothing is changed but the end of the log, whose own lock comes last.
  const noLock = async () => {};
  const outcome = await asSignedIn(staff, noLock, async (tx, now) => {
    const last = await findLastSeq(tx);
    await recordAudit(tx, staff, { action: "audit-exported", details: detailsOf(filter), now });
    return { kind: "exported" as const, upTo: last, at: now };
  });
  if (outcome.kind === "signed-out") return outcome;
  const { upTo, ...exported } = outcome;
  return { ...exported, parts: csvParts(wantedBy(filter, timeZone), { upTo, batch, locale }) };
}
