import { auditFields, type TypedFilter } from "@/lib/audit/read-filter";

/** Where the log's page and its file are. */
export const AUDIT_PATH = "/support/audit";
export const AUDIT_EXPORT_PATH = "/support/audit/export";

/** The address of the log by a filter; from an entry on, if it is not the first page. */
export function auditHref(typed: TypedFilter, after: string | null = null): string {
  const given = auditFields.filter((field) => typed[field] !== "");
  const query = new URLSearchParams(given.map((field) => [field, typed[field]]));
  if (after !== null) query.set("after", after);
  const text = query.toString();
  return text === "" ? AUDIT_PATH : `${AUDIT_PATH}?${text}`;
}
