import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { typedPassword } from "@/lib/password/rules/typed-password";

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
const cost = { algorithm: 2 satisfies Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummy: Promise<string> | undefined;

/** Hashes a password with argon2id; the result is in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(typedPassword(password), cost);
}

/** Compares a password; with no hash (unknown account, password off) it costs the same and is wrong. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("no account has this password");
  const right = await verify(passwordHash ?? (await dummy), typedPassword(password));
  return right && passwordHash !== null;
}
