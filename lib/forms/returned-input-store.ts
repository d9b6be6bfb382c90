import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { inTransaction } from "@/lib/db/transaction";

type Bytes = Uint8Array<ArrayBuffer>;

/** What was typed into one form that was not taken, as it is stored. */
export type InputRow = {
  id: string;
  /** Of what only this browser has. */
  browser: Bytes;
  /** Of the page that shows it. */
  page: Bytes;
  network: string;
  sealed: Bytes;
  createdAt: Date;
  expiresAt: Date;
};

/**
 * Keeps a row; the oldest of its network make room for it.
 *
 * @param most rows of one network
 * @returns the mark by which the page's address names the row: empty, or the row's id where another one
 *   waits already to be shown to this browser on this page
 */
export async function keepInputRow(row: InputRow, most: number): Promise<string> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, subjects.returnedInput(row.network));
    await tx.$executeRaw`
      DELETE FROM returned_input WHERE expires_at <= ${row.createdAt} AND browser = ${row.browser}`;
    await tx.$executeRaw`
      DELETE FROM returned_input WHERE id IN (
        SELECT id FROM returned_input WHERE network = ${row.network}
        ORDER BY created_at DESC, id OFFSET ${most - 1}::int)`;
    const { count } = await tx.returnedInput.createMany({
      data: [{ ...row, mark: "" }],
      skipDuplicates: true,
    });
    if (count === 1) return "";
    await tx.returnedInput.create({ data: { ...row, mark: row.id } });
    return row.id;
  });
}

/** The row that waits to be shown at an address, of a browser known by any of these; null: none. */
export async function findInputRow(
  { browsers, pages, mark }: { browsers: Bytes[]; pages: Bytes[]; mark: string },
  now: Date,
): Promise<{ id: string; sealed: Bytes } | null> {
  return db.returnedInput.findFirst({
    where: { browser: { in: browsers }, page: { in: pages }, mark, expiresAt: { gt: now } },
    orderBy: { createdAt: "desc" },
    select: { id: true, sealed: true },
  });
}

/** Whether a row still waits to be shown. */
export async function inputRowWaits(id: string, now: Date): Promise<boolean> {
  return (await db.returnedInput.count({ where: { id, expiresAt: { gt: now } } })) > 0;
}

/** Erases a row. */
export async function eraseInputRow(id: string): Promise<void> {
  await db.returnedInput.deleteMany({ where: { id } });
}

/** Erases all rows of a browser that is known by any of these. */
export async function eraseInputRowsOf(browsers: Bytes[]): Promise<void> {
  // At each sign-in: past Prisma, whose own way costs more than the statement.
  await db.$executeRaw`DELETE FROM returned_input WHERE browser = ANY (${browsers}::bytea[])`;
}
