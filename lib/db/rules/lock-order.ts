/**
 * The one order in which locks are taken, earliest first. Whoever needs a lock that stands before one
 * it holds asks for it earlier, so that no two transactions ever wait for each other.
 *
 * Several of one kind: of accounts all at once (`lockAccounts`); of cases under the lock of the account
 * they are about, which whoever takes more than one holds.
 */
export const lockOrder = [
  /** An address that is about to belong to an account: a sign-up, a change of e-mail, a newcomer to the staff. */
  "sign-up",
  /** An account's row, or the address a case is about where there is none. */
  "account",
  "case-about",
  /** Who is of the staff, and with which role. */
  "staff-roles",
  "case",
  /** The counts of an address that a case asks for. */
  "new-address",
  /** What mails say: drafts, versions and what admins set for them, so that versions commit in their order. */
  "texts",
  /** What nothing else is locked under. */
  "setting",
  "view",
  "case-viewed",
  "mail-viewed",
  "proof-viewed",
  "help-question",
  "help-questions",
  /** What is kept of refused forms from one network. */
  "returned-input",
  /** Whether mail is slow for everybody, and whose turn the canary's next sign-in is. */
  "mail-watch",
  "canary",
  /** The end of the audit log, last of all. */
  "audit",
] as const;

/** What is locked, by its kind. */
export type LockKind = (typeof lockOrder)[number];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The kind of a subject: what stands before its first colon; an id alone is an account's.
 *
 * @throws for one that has no rank in the order
 */
export function lockKind(subject: string): LockKind {
  if (uuid.test(subject)) return "account";
  const prefix = subject.split(":", 1)[0];
  const kind = lockOrder.find((one) => one === prefix);
  if (kind === undefined || kind === "account") {
    throw new Error(`A lock of "${prefix}" has no rank in the order of locks.`);
  }
  return kind;
}

/**
 * Why a lock may not be taken now; null: it may.
 *
 * @param held the subjects locked in this transaction, in the order they were taken
 */
export function lockFault(held: readonly string[], subject: string): string | null {
  const kind = lockKind(subject);
  const rank = lockOrder.indexOf(kind);
  const later = held.find((one) => lockOrder.indexOf(lockKind(one)) > rank);
  if (later !== undefined) return `A lock of "${kind}" is taken after one of "${lockKind(later)}".`;
  if (kind === "account" && held.some((one) => lockKind(one) === "account")) {
    return "An account is locked after another one: take the locks of both together.";
  }
  return null;
}
