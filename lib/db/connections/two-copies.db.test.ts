import { expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

test("what one copy of this code has connected, another begins its transactions with", async () => {
  const first = await import("@/lib/db/transaction");
  await first.inTransaction((tx) => tx.$queryRaw`SELECT 1`);
  vi.resetModules();
  const second = await import("@/lib/db/transaction");
  expect(second.inTransaction).not.toBe(first.inTransaction);
  expect(await second.inTransaction((tx) => tx.$queryRaw`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});
