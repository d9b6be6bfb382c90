import { type ChainedEntry, chainHash, FIRST_LINK, inHex } from "@/lib/audit/chain";
import {
  type Head,
  type HeadFault,
  judgeEnd,
  judgeHead,
  judgeLink,
  type Link,
  type LinkFault,
} from "@/lib/audit/rules/judge-link";
import { AUDIT_ENTRIES_PER_BATCH } from "@/lib/audit/rules/limits";
import { findEntriesInOrder } from "@/lib/audit/store";
import { database } from "@/lib/db/transaction";

export type { Head } from "@/lib/audit/rules/judge-link";

/** What a walk over the whole audit log finds. */
export type ChainVerdict =
  /** As many entries as the head's number says; 0 with an empty log. */
  { kind: "intact"; head: Head } | LinkFault | HeadFault;

type StoredEntry = ChainedEntry & { previous: Uint8Array; hash: Uint8Array };

const linkOf = (entry: StoredEntry): Link => ({
  seq: entry.seq,
  previous: inHex(entry.previous),
  hash: inHex(entry.hash),
  computed: inHex(chainHash(entry.previous, entry)),
});

/**
 * Walks the audit log from its first entry to its last, in batches, and ends at the first fault.
 *
 * @param options.expected a head kept elsewhere, which the chain must still hold: without it neither a
 *   tail that was cut off nor a chain that was made anew is seen
 * @throws when the database cannot be reached
 */
export async function verifyChain(
  options: { expected?: Head | null; batch?: number } = {},
): Promise<ChainVerdict> {
  const { expected = null, batch = AUDIT_ENTRIES_PER_BATCH } = options;
  let last: Head = { seq: 0n, hash: inHex(FIRST_LINK) };
  // From below every number, so that none can hide in front of the first.
  let after: bigint | null = null;
  for (;;) {
    const entries: StoredEntry[] = await findEntriesInOrder(database, { after, limit: batch });
    for (const entry of entries) {
      const link = linkOf(entry);
      const fault = judgeLink(last, link) ?? judgeHead(expected, link);
      if (fault !== null) return fault;
      last = link;
    }
    if (entries.length < batch) break;
    after = last.seq;
  }
  const head = { seq: last.seq, hash: last.hash };
  return judgeEnd(expected, head) ?? { kind: "intact", head };
}

/** A head as it is printed, kept and given back: `SEQ:HASH`. */
export const headText = ({ seq, hash }: Head) => `${seq}:${hash}`;

/** Reads a head as it was printed; null for anything else. */
export function readHead(text: string): Head | null {
  const [, seq, hash] = /^([1-9]\d{0,17}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (seq === undefined || hash === undefined) return null;
  return { seq: BigInt(seq), hash: hash.toLowerCase() };
}
