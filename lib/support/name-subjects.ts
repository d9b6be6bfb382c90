import { database } from "@/lib/db/transaction";
import { findSubjectsOfEntries } from "@/lib/support/audit-store";
import { isId } from "@/lib/typed/is-id";
import { maskEmail } from "@/lib/typed/mask-email";

/** By what staff know again what entries of the audit log are about, by its id: it names nobody. */
export type SubjectNames = ReadonlyMap<string, SubjectName>;
type SubjectName = { kind: "account" | "case"; name: string };

/**
 * Looks up accounts by their masked addresses, and cases by their references. What is gone, or is
 * neither, has no name.
 */
export async function nameSubjects(ids: readonly string[]): Promise<SubjectNames> {
  const { accounts, cases } = await findSubjectsOfEntries(database, [...new Set(ids.filter(isId))]);
  const names = new Map<string, SubjectName>();
  for (const { id, email } of accounts) names.set(id, { kind: "account", name: maskEmail(email) });
  for (const { id, reference } of cases) names.set(id, { kind: "case", name: reference });
  return names;
}
