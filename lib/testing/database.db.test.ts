import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";

const url = testDatabase();

test("a test file's database is migrated, its own, and behind @/lib/db/client", async () => {
  const [row] = await db.$queryRaw<
    { name: string; accounts: bigint }[]
  >`SELECT current_database() AS name, (SELECT count(*) FROM account) AS accounts`;
  expect(row).toEqual({ name: new URL(url()).pathname.slice(1), accounts: 0n });
});
