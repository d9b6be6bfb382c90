import { z } from "zod";
import { findAddressHolder } from "@/lib/account/address-holder-store";
import type { DoorPending } from "@/lib/challenge/pending-store";
import type { Database } from "@/lib/db/transaction";
import { insertAccount } from "@/lib/sign-up/store";

const registration = z.object({ name: z.string(), passwordHash: z.string() });

/** What a pending sign-up keeps until its account exists. */
export type Registration = z.infer<typeof registration>;

/** What a pending sign-up keeps of its form; null when its address has an account. */
export function readRegistration(stored: unknown): Registration | null {
  return stored === null ? null : registration.parse(stored);
}

/**
 * Rule 4: an account exists once its e-mail was proven by a code.
 *
 * @returns the new account's id; null when the address got an account meanwhile
 */
export async function createAccount(
  tx: Database,
  pending: Extract<DoorPending, { purpose: "sign-up" }>,
  now: Date,
): Promise<string | null> {
  const person = readRegistration(pending.registration);
  if (person === null || (await findAddressHolder(tx, pending.email, now)) !== null) return null;
  return insertAccount(tx, pending, person, now);
}
