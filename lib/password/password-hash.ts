import { availableParallelism } from "node:os";
import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { typedPassword } from "@/lib/password/rules/typed-password";

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
const cost = { algorithm: 2 satisfies Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Node's threads (libuv's: 4 where nothing says otherwise) also read files and look up names: one is theirs.
const threads = Number(process.env.UV_THREADPOOL_SIZE) || 4;

/** How many hashes are at work at once. */
export const HASHES_AT_WORK = Math.max(1, Math.min(availableParallelism(), threads - 1));

let dummy: Promise<string> | undefined;

type Line = { atWork: number; waiting: (() => void)[] };

// The server's own modules and Next's bundle each evaluate this file, and share the cores.
const key = Symbol.for("portaria.password-hashes");

function line(): Line {
  const holder = globalThis as { [key]?: Line };
  holder[key] ??= { atWork: 0, waiting: [] };
  return holder[key];
}

/** How many hashes this process computes now, and how many wait for their turn. */
export function countHashes(): { atWork: number; waiting: number } {
  const { atWork, waiting } = line();
  return { atWork, waiting: waiting.length };
}

/**
 * More at once than cores would take no less time together, but the processor from everybody who only
 * wants a page. Who may wait at all is settled before (lib/server/gate/passwords-in-turn.ts).
 */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const shared = line();
  if (shared.atWork < HASHES_AT_WORK) shared.atWork += 1;
  else await new Promise<void>((resolve) => shared.waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = shared.waiting.shift();
    if (next === undefined) shared.atWork -= 1;
    else next();
  }
}

/** Hashes a password with argon2id; the result is in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(typedPassword(password), cost));
}

/** Compares a password; with no hash (unknown account, password off) it costs the same and is wrong. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("no account has this password");
  const compared = passwordHash ?? (await dummy);
  const right = await inTurn(() => verify(compared, typedPassword(password)));
  return right && passwordHash !== null;
}
