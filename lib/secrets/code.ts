import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env/env";

/** Which of the secrets a code comes from, so that a mail sent again after a rotation holds the same code. */
export function secretIdOf(secret: string): string {
  return createHash("sha256").update(`portaria secret id ${secret}`).digest("hex").slice(0, 12);
}

/** The id of the secret that makes new codes. */
export function presentSecretId(): string {
  return secretIdOf(firstSecret());
}

function firstSecret(): string {
  const secret = env().authSecrets?.[0];
  if (secret === undefined) throw new Error("AUTH_SECRET is not set.");
  return secret;
}

/**
 * The code of a challenge: six digits, an HOTP value (RFC 4226, section 5.3, with SHA-256) of a key
 * derived from AUTH_SECRET and the challenge's id. It is never stored.
 *
 * @returns null once the secret it was made with is no longer among AUTH_SECRET
 */
export function codeOf(challenge: { id: string; secretId: string }): string | null {
  const secret = env().authSecrets?.find((one) => secretIdOf(one) === challenge.secretId);
  if (secret === undefined) return null;
  const key = createHmac("sha256", secret).update(`portaria code ${challenge.id}`).digest();
  const counter = Buffer.alloc(8);
  const digest = createHmac("sha256", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const value = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(value).padStart(6, "0");
}

/** Compares a typed code with a challenge's in constant time. */
export function isCodeOf(challenge: { id: string; secretId: string }, typed: string): boolean {
  const code = codeOf(challenge);
  if (code === null || typed.length !== code.length) return false;
  return timingSafeEqual(Buffer.from(code), Buffer.from(typed));
}
