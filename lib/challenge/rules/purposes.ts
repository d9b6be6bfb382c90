/**
 * What a mailed code can be asked for, and what differs. Another purpose is a line here, one in `Whose`
 * and one in `Opening` (open-challenge.ts); the compiler then says what else has to know it.
 */
export const purposes = {
  /** A sign-in to an account. Wrong codes and blocks are counted by the account. */
  "sign-in": { of: "account", heldBy: "cookie" },
  /** An account to come: by the address that it will have. */
  "sign-up": { of: "address", heldBy: "cookie" },
  /** Something that widens access to an account, counted apart from its sign-ins. */
  widening: { of: "account", heldBy: "session" },
  /** The address that a case of a lost mailbox asks for. */
  "new-address": { of: "address", heldBy: "case" },
} as const satisfies Record<string, PurposeRules>;

type PurposeRules = {
  /** By what tries are counted, and what a block ends; codes of an account count among its own. */
  of: "account" | "address";
  /** By what a challenge is found again, and so who may type its code. */
  heldBy: "cookie" | "session" | "case";
};

export type Purpose = keyof typeof purposes;

/** The purposes that a rule holds for. */
type PurposesWith<Rule extends Partial<PurposeRules>> = {
  [P in Purpose]: (typeof purposes)[P] extends Rule ? P : never;
}[Purpose];

/** The purposes whose challenge is bound to a browser by its cookie. */
export type DoorPurpose = PurposesWith<{ heldBy: "cookie" }>;

type AccountPurpose = PurposesWith<{ of: "account" }>;
type AddressPurpose = PurposesWith<{ of: "address" }>;

/** Whether a stored word is a purpose; a newer version that runs beside this one may know others. */
export const isPurpose = (word: string): word is Purpose => Object.hasOwn(purposes, word);

/** What mails need of an account. */
type AccountLocale = { locale: string; timeZone: string | null };

/** Whose a challenge is, by its purpose. */
export type Whose =
  /** The role: staff are asked for a code everywhere. */
  | { purpose: "sign-in"; accountId: string; account: AccountLocale & { role: string } }
  /** The account that has the address already, if one does. */
  | { purpose: "sign-up"; accountId: string | null; account: AccountLocale | null }
  | { purpose: "widening"; accountId: string; account: AccountLocale }
  | { purpose: "new-address"; accountId: null; account: null };

/** By what a challenge is known to its counts and locks. */
export type Counted =
  | { purpose: AccountPurpose; accountId: string }
  | { purpose: AddressPurpose; email: string };

/** Whether tries are counted by the account, and its codes among the account's. */
export const isOfAccount = <T extends { purpose: Purpose }>(
  challenge: T,
): challenge is Extract<T, { purpose: AccountPurpose }> =>
  purposes[challenge.purpose].of === "account";

/** A sign-up with an address that has an account is asked like any other, but no code is right. */
export const isDecoy = ({ purpose, accountId }: Pick<Whose, "purpose" | "accountId">): boolean =>
  purpose === "sign-up" && accountId !== null;
