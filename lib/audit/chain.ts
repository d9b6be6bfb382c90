import { createHash } from "node:crypto";

/** An entry as its hash covers it. */
export type ChainedEntry = {
  seq: bigint;
  at: Date;
  actorId: string | null;
  actor: string;
  role: string;
  ip: string | null;
  action: string;
  subjectKind: string;
  subjectId: string | null;
  reason: string | null;
  details: unknown;
};

/** What the first entry follows: 32 zero bytes. */
export const FIRST_LINK = new Uint8Array(32);

// The database keeps JSON in an order of its own: names are sorted before they are hashed.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/**
 * The hash of an entry: SHA-256 over the hash of the one before and a JSON array of the entry's own
 * fields in a fixed order, times in ISO 8601 with milliseconds.
 *
 * @param previous 32 bytes; `FIRST_LINK` for the first entry
 */
export function chainHash(previous: Uint8Array, entry: ChainedEntry): Uint8Array<ArrayBuffer> {
  const fields = [
    entry.seq.toString(),
    entry.at.toISOString(),
    entry.actorId,
    entry.actor,
    entry.role,
    entry.ip,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.reason,
    sorted(entry.details),
  ];
  const digest = createHash("sha256").update(previous).update(JSON.stringify(fields)).digest();
  return new Uint8Array(digest);
}

/** A hash as it is written in exports and on the command line. */
export const inHex = (hash: Uint8Array) => Buffer.from(hash).toString("hex");
