import type { PendingCookie } from "@/lib/challenge/pending-store";
import { hashSecret } from "@/lib/secrets/secrets";

const format = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{43})$/;

/** Reads what the cookie of a pending sign-in says; null when it is malformed. */
export function readPendingValue(value: string | undefined): PendingCookie | null {
  const [, id, secret] = format.exec(value ?? "") ?? [];
  return id === undefined || secret === undefined ? null : { id, secretHash: hashSecret(secret) };
}
