/** Up to where the log was found whole; hashes in hex. */
export type Head = { seq: bigint; hash: string };

/** An entry as the chain sees it; `computed` is the hash of what the entry says now. */
export type Link = Head & { previous: string; computed: string };

/** Why an entry breaks the chain; `seq` is the number that is missing, or the entry at fault. */
export type LinkFault =
  | { kind: "missing"; seq: bigint }
  /** A number below 1. */
  | { kind: "out-of-place"; seq: bigint }
  | { kind: "changed"; seq: bigint }
  /** It names another hash before it than its forerunner has. */
  | { kind: "does-not-follow"; seq: bigint };

/**
 * Whether an entry goes on the chain after `last`; null when it does. That it says what it said then
 * is judged before whom it follows: who changes an entry and leaves its hash is named by that entry.
 */
export function judgeLink(last: Head, link: Link): LinkFault | null {
  const expected = last.seq + 1n;
  if (link.seq < expected) return { kind: "out-of-place", seq: link.seq };
  if (link.seq > expected) return { kind: "missing", seq: expected };
  if (link.hash !== link.computed) return { kind: "changed", seq: link.seq };
  if (link.previous !== last.hash) return { kind: "does-not-follow", seq: link.seq };
  return null;
}

/** Why a head that was kept elsewhere is not in the chain any more. */
export type HeadFault =
  | { kind: "cut-off"; expected: Head; last: Head }
  | { kind: "rewritten"; seq: bigint };

/** Whether an entry that was walked past is the one kept elsewhere; null when it is, or is another. */
export function judgeHead(expected: Head | null, link: Head): HeadFault | null {
  if (expected === null || expected.seq !== link.seq || expected.hash === link.hash) return null;
  return { kind: "rewritten", seq: link.seq };
}

/** Whether a chain that ends with `last` is long enough to hold the head kept elsewhere. */
export function judgeEnd(expected: Head | null, last: Head): HeadFault | null {
  if (expected === null || expected.seq <= last.seq) return null;
  return { kind: "cut-off", expected, last };
}
