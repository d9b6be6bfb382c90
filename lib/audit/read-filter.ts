import { type AuditAction, auditActionOf } from "@/lib/audit/audit-actions";
import type { EntriesWanted } from "@/lib/audit/store";
import { addDays, type Day, readDay, startOfDay } from "@/lib/calendar-days";
import { isId } from "@/lib/typed/is-id";

/** The fields of the filter, as an address or a form names them. */
export const auditFields = ["action", "staff", "from", "to", "subject"] as const;
export type AuditField = (typeof auditFields)[number];

/** What was typed or chosen; nothing is "". */
export type TypedFilter = Record<AuditField, string>;

/**
 * Who stands in the log as one who acted: an account's id, "command" or "worker", with the address there
 * and, as long as there is an account, the name it has now.
 */
export type AuditActor = { id: string; actor: string; name: string | null };

/** What the log is filtered by; null: by nothing. */
export type AuditFilter = {
  action: AuditAction | null;
  actor: string | null;
  from: Day | null;
  /** The last day that is shown. */
  to: Day | null;
  subjectId: string | null;
};

/** Why a field cannot be filtered by: a message's key, where its page has the field. */
export type FilterErrors = {
  from?: "dayWrong";
  to?: "dayWrong" | "dayOrder";
  subject?: "subjectWrong";
};

/** Whether the log is filtered by it: ids of accounts, cases and questions, and names of settings. */
export const isSubject = (text: string): boolean =>
  isId(text) || /^[a-z][a-z0-9-]{0,60}$/.test(text);

/** The values of the filter's fields, whatever was sent. */
export function typedFilter(fieldValue: (field: AuditField) => string | null): TypedFilter {
  const values = auditFields.map((field) => [field, (fieldValue(field) ?? "").trim()]);
  return Object.fromEntries(values) as TypedFilter;
}

/**
 * Reads a filter. An action or a member of staff that the form does not offer is no filter: the form
 * shows none either.
 *
 * @param actors who stand in the log
 */
export function readFilter(
  typed: TypedFilter,
  actors: readonly AuditActor[],
): { filter: AuditFilter; errors: FilterErrors } {
  const subject = isId(typed.subject) ? typed.subject.toLowerCase() : typed.subject;
  const filter = {
    action: auditActionOf(typed.action),
    actor: actors.find(({ id }) => id === typed.staff)?.id ?? null,
    from: readDay(typed.from),
    to: readDay(typed.to),
    subjectId: isSubject(subject) ? subject : null,
  };
  const errors: FilterErrors = {};
  if (typed.from !== "" && filter.from === null) errors.from = "dayWrong";
  if (typed.to !== "" && filter.to === null) errors.to = "dayWrong";
  else if (filter.from !== null && filter.to !== null && filter.to < filter.from)
    errors.to = "dayOrder";
  if (subject !== "" && filter.subjectId === null) errors.subject = "subjectWrong";
  return { filter, errors };
}

/** Which entries a filter lets through, its days taken in a zone. */
export function wantedBy(filter: AuditFilter, timeZone: string): EntriesWanted {
  const { action, actor, subjectId, from, to } = filter;
  return {
    action,
    actor,
    subjectId,
    from: from === null ? null : startOfDay(from, timeZone),
    before: to === null ? null : startOfDay(addDays(to, 1), timeZone),
  };
}
