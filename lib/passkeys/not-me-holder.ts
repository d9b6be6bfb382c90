import type { CeremonyHolder } from "@/lib/passkeys/ceremony-store";

/**
 * Whom a ceremony of "that was not me" belongs to: a browser alone. Whoever has the link of a mail has proven
 * nothing but a mailbox, and is shown no list of keys.
 */
export const notMeHolder = (browserId: string): CeremonyHolder => ({
  ...{ purpose: "not-me", browserId },
  ...{ accountId: null, sessionId: null, challengeId: null },
});
