import { afterMinutes } from "@/lib/moments";

/** For how long a proven factor stands in for the password in what only its owner sees or chooses. */
export const FRESH_MINUTES = 10;

/** Whether whoever holds a session proved a second factor in it just now, beside the password. */
export const isFreshProof = (
  { factorProvenAt, because }: { factorProvenAt: Date | null; because: string },
  now: Date,
): boolean =>
  because !== "passkey" &&
  factorProvenAt !== null &&
  afterMinutes(factorProvenAt, FRESH_MINUTES) > now;
