import { type ChainedEntry, chainHash, FIRST_LINK } from "@/lib/audit/chain";
import type { Database } from "@/lib/sign-in/store";

/** An entry before it has a number. */
export type NewEntry = Omit<ChainedEntry, "seq" | "details"> & {
  details: Record<string, string | number | boolean | null>;
};

/**
 * Adds an entry to the end of the audit log, in the caller's transaction. Entries are written one
 * after the other until that ends: add them last, after every other lock.
 */
export async function appendEntry(tx: Database, entry: NewEntry): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('audit', 0))`;
  const last = await tx.auditEntry.findFirst({
    orderBy: { seq: "desc" },
    select: { seq: true, hash: true },
  });
  const seq = (last?.seq ?? 0n) + 1n;
  const previous = new Uint8Array(last?.hash ?? FIRST_LINK);
  const hash = chainHash(previous, { ...entry, seq });
  await tx.auditEntry.create({ data: { ...entry, seq, previous, hash } });
}
