import type { Actor } from "@/lib/account/actor";
import type { CeremonyHolder } from "@/lib/passkeys/ceremony-store";

/** Whom a ceremony of a signed-in customer belongs to: one session in one browser. */
export const heldBySession = (
  { session, browserId }: Pick<Actor, "session" | "browserId">,
  purpose: "add" | "offer" | "confirm",
): CeremonyHolder => ({
  ...{ purpose, browserId, challengeId: null },
  ...{ accountId: session.accountId, sessionId: session.id },
});
