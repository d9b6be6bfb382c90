import type { StaffMember } from "@/lib/account/staff-member";
import { findCustomers, type SearchOutcome } from "@/lib/support/find-customers";
import { isId } from "@/lib/typed/is-id";

type Searched = Extract<SearchOutcome, { kind: "searched" }>;

/** What was typed to say whom entries of the audit log are about. */
export type SubjectOutcome =
  | { kind: "one"; subjectId: string }
  /** For whoever typed it to choose from. */
  | ({ kind: "several" } & Pick<Searched, "customers" | "hasMore" | "recoveryCase">)
  | { kind: "none" | "too-short" };

/**
 * Finds what entries of the audit log can be about by whatever was typed: a customer as support finds
 * them, a case by its reference, or an id. A search stands in the log, without its text.
 *
 * @param typed from anybody of the staff, not empty
 */
export async function findSubject(staff: StaffMember, typed: string): Promise<SubjectOutcome> {
  const text = typed.trim();
  if (isId(text)) return { kind: "one", subjectId: text.toLowerCase() };
  const outcome = await findCustomers(staff, text);
  if (outcome.kind !== "searched")
    return { kind: outcome.kind === "nothing" ? "none" : "too-short" };
  const { customers, hasMore, recoveryCase } = outcome;
  const [only, ...others] = [recoveryCase, ...customers].flatMap((one) => one ?? []);
  if (only === undefined) return { kind: "none" };
  if (others.length === 0) return { kind: "one", subjectId: only.id };
  return { kind: "several", customers, hasMore, recoveryCase };
}
