import { db, dropConnections } from "@/lib/db";

const ANSWER_MILLISECONDS = 2_000;

/** What the database says of itself: it is written, it only reads, or it does not answer in two seconds. */
export type DatabaseState = "ok" | "read-only" | "unreachable";

/** Asks the database. One that only reads is asked over a new connection the next time. */
export async function databaseState(): Promise<DatabaseState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"unreachable">((resolve) => {
    timer = setTimeout(() => resolve("unreachable"), ANSWER_MILLISECONDS);
  });
  const asked = db.$queryRaw<{ reads: boolean }[]>`
    SELECT current_setting('transaction_read_only') = 'on' AS reads`.then(
    ([row]): DatabaseState => (row?.reads ? "read-only" : "ok"),
    (): DatabaseState => "unreachable",
  );
  const state = await Promise.race([asked, late]);
  clearTimeout(timer);
  // After a failover the old primary still answers; only new connections lead to the new one.
  if (state === "read-only") dropConnections();
  return state;
}
