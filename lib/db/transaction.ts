import { db, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/generated/prisma/client";

/** The database, or a transaction on it. */
export type Database = Prisma.TransactionClient;

/** The database outside any transaction. */
export const database: Database = db;

/** Runs statements that hold together: all of them take effect, or none when `work` throws. */
export const inTransaction: <T>(work: (tx: Database) => Promise<T>) => Promise<T> = transaction;
