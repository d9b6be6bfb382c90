import type { ShutOutCause } from "@/lib/access/rules/causes";

/** Why a password is off: the customer's "that was not me", support, or another mailbox after a case. */
export const passwordOffCauses = ["not-me", "support", "case"] as const;
export type PasswordOffCause = (typeof passwordOffCauses)[number];

/** Reads a stored cause; one that is none of ours is read as the first. */
export const passwordOffCause = (stored: string | null): PasswordOffCause =>
  passwordOffCauses.find((cause) => cause === stored) ?? "not-me";

const because: Partial<Record<ShutOutCause, PasswordOffCause>> = {
  "not-me": "not-me",
  "switched-off": "support",
  case: "case",
};

/** Why a password is off after everybody was shut out; null where that never switches one off. */
export const passwordOffAfter = (cause: ShutOutCause): PasswordOffCause | null =>
  because[cause] ?? null;
