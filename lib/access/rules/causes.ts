/** What shuts people out of an account; recorded with everything that it ends. */
export const shutOutCauses = [
  /** "That was not me" was pressed in a mail. */
  "not-me",
  /** Support switched the password off. */
  "switched-off",
  /** A case of a lost mailbox was carried out. */
  "case",
  /** A case of a lost second factor was carried out. */
  "factors-case",
  /** The account's first factor went, since an address said "that was not me" and nobody kept it. */
  "factors-ended",
  "role-changed",
  /** A new password by a mailed link. */
  "password-reset",
  /** A new password by who was signed in. */
  "password-changed",
  /** "Sign out everywhere else". */
  "signed-out-elsewhere",
  "ended-by-support",
  /** Another contact e-mail, confirmed by both mailboxes. */
  "email-changed",
  /** All second factors were taken away, by the command on the server. */
  "factor-changed",
  /** Real mail began, and with it the demo people ended. */
  "demo-ended",
] as const;

export type ShutOutCause = (typeof shutOutCauses)[number];

/**
 * Of a sign-in that waited for its code, what /verify says. `wrong-numbers`: three were typed where the
 * customer is in already. `other`: of another version, and `demo-ended`.
 */
export const pendingEnds = [
  "wrong-numbers",
  ...(["not-me", "switched-off", "case", "role-changed", "email-changed"] as const),
  ...(["factors-case", "factors-ended"] as const),
  /** It asks for a mailed code and the account has a factor by now; or a factor went while it waited for one. */
  "factor-changed",
  "other",
] as const;

export type PendingEnd = (typeof pendingEnds)[number];

/** Why one session ended, beside what shuts people out. */
export const sessionCauses = [
  "signed-out",
  /** The same browser signed in again. */
  "replaced",
  /** Its owner ended this one. */
  "removed",
  /** There were more sessions than an account may have. */
  "too-many",
  "place-removed",
  "place-forgotten-by-support",
  /** A copy of the browser's cookie was shown. */
  "copied",
] as const;

export type SessionCause = ShutOutCause | (typeof sessionCauses)[number];

/** Why the trust in one browser ended, beside what shuts people out. */
export type BrowserCause = ShutOutCause | "removed" | "replaced" | "copied";

/** Everything that words are there for. */
export const endCauses = [...shutOutCauses, ...sessionCauses] as const;

export type EndCause = (typeof endCauses)[number];

/** A stored cause that this version has words for; null for none, and for another version's. */
export function readEndCause(stored: string | null): EndCause | null {
  return endCauses.find((cause) => cause === stored) ?? null;
}
