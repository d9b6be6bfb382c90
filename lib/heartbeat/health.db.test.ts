import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { db, disconnectDatabase } from "@/lib/db/client";
import { isDatabaseDown } from "@/lib/db/database-down";
import { inTransaction } from "@/lib/db/transaction";
import { type DatabaseState, databaseState } from "@/lib/heartbeat/health";
import { log } from "@/lib/log/log";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { testDatabase } from "@/lib/testing/database";
import { expectLogged, mayBeLogged } from "@/lib/testing/logged";
import { whileLocked } from "@/lib/testing/table-lock";
import { countWaiting } from "@/lib/testing/waiting";

const url = testDatabase();

/** As after a failover: every connection that is made while it is `on` only reads, for good. */
async function failOver(reads: "on" | "off"): Promise<void> {
  const client = new Client({ connectionString: url() });
  await client.connect();
  await client.query("SET default_transaction_read_only = off");
  const name = new URL(url()).pathname.slice(1);
  await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${reads}`);
  await client.end();
}

/** Connects to what is a standby by the time it is used, and is the primary no longer. */
async function connectToStandby(connections = 1): Promise<void> {
  await disconnectDatabase();
  await failOver("on");
  await Promise.all(Array.from({ length: connections }, () => db.$queryRaw`SELECT 1`));
  await failOver("off");
}

afterEach(() => failOver("off"));

const forget = () => db.rateWindow.deleteMany();
const context = (): RequestContext => ({
  ...{ requestId: "x", token: "x", clientIp: null, forwarded: false },
  ...{ databaseDown: false, reached: false },
});

test("a database that only reads is no healthy one, and the next look goes to the new primary", async () => {
  expectLogged(/"state":"read-only"/);
  mayBeLogged(/"state":"unreachable"/);
  // It says "unreachable" where it took two seconds: on a busy machine, once more.
  const looks: DatabaseState[] = [];
  const look = (state: DatabaseState) =>
    vi.waitFor(async () => {
      const seen = await databaseState();
      if (seen !== "unreachable") looks.push(seen);
      expect(seen).toBe(state);
    }, 20_000);
  await look("ok");
  await connectToStandby();
  await look("read-only");
  await look("ok");
  expect(looks).toEqual(["ok", "read-only", "ok"]);
});

test.each<[string, () => Promise<unknown>]>([
  ["a statement", forget],
  ["a raw statement", () => db.$executeRaw`DELETE FROM rate_window`],
  ["a statement of a transaction", () => inTransaction((tx) => tx.rateWindow.deleteMany())],
])(
  "%s refused by a standby counts as the database being away, and the next one is taken",
  async (_, work) => {
    await connectToStandby();
    const request = context();
    const error = await runForRequest(request, () => work().catch((refused: unknown) => refused));
    expect(isDatabaseDown(error)).toBe(true);
    expect(request.databaseDown).toBe(true);
    await work();
  },
);

test("one statement refused lets go of all connections to the standby", async () => {
  await connectToStandby(8);
  await expect(forget()).rejects.toThrow();
  await Promise.all(Array.from({ length: 8 }, forget));
});

describe("a database whose tables are locked is no healthy one", () => {
  // What a look finds at its moment it also reports.
  beforeEach(() => mayBeLogged(/"state":"locked"/));

  afterEach(() => vi.restoreAllMocks());

  test.each([
    ...["account", "session", "trusted_place", "seen_browser", "trusted_browser"],
    ...["sign_in_judgement", "challenge", "code_attempts", "mail", "rate_window"],
  ])("%s, which signing in writes", async (table) => {
    await databaseState();
    await whileLocked(url(), [table], async () => expect(await databaseState(300)).toBe("locked"));
    expect(await databaseState()).toBe("ok");
  });

  test("a lock that passes within the two seconds is not reported", async () => {
    await databaseState();
    let look: Promise<DatabaseState> | undefined;
    await whileLocked(url(), ["mail"], async () => {
      look = databaseState(20_000);
      await databaseState(300);
    });
    expect(await look).toBe("ok");
  });

  // As a migration does, in an order that is not health's.
  test("whoever locks tables one by one neither waits for health nor is ended by it", async () => {
    await databaseState();
    for (let round = 1; round <= 10; round += 1) {
      const [first = "", ...others] = ["mail", "session", "account"].sort((a, b) =>
        round % 2 === 0 ? a.localeCompare(b) : b.localeCompare(a),
      );
      await whileLocked(url(), [first], async (holder) => {
        const look = databaseState();
        await databaseState(50);
        for (const table of others)
          await holder.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
        await holder.query("ROLLBACK");
        expect(await look).toBe("ok");
      });
    }
  });

  test("however many look at once, none holds a connection that waits, and one line says so", async () => {
    await databaseState();
    const lines = vi.spyOn(log, "error").mockImplementation(() => {});
    const back = vi.spyOn(log, "info").mockImplementation(() => {});
    await vi.waitFor(async () => expect(await databaseState()).toBe("ok"), 20_000);
    lines.mockClear();
    back.mockClear();
    await whileLocked(url(), ["session"], async () => {
      const looks = Array.from({ length: 30 }, () => databaseState(300));
      expect(new Set(await Promise.all(looks))).toEqual(new Set(["locked"]));
      expect(await countWaiting()).toBe(0);
      expect(await databaseState(300)).toBe("locked");
    });
    await vi.waitFor(async () => expect(await databaseState()).toBe("ok"), 20_000);
    expect(lines.mock.calls).toEqual([[{ state: "locked" }, "Health: the database is away"]]);
    expect(back.mock.calls).toEqual([["Health: the database is back"]]);
  });

  test.each(["SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE"])(
    "a %s lock lets nobody write either, also where somebody waits for it",
    async (mode) => {
      const waiting = new Client({ connectionString: url() });
      await waiting.connect();
      await databaseState();
      await whileLocked(
        url(),
        ["mail"],
        async (reader) => {
          expect(await databaseState(300)).toBe("ok");
          const asked = waiting.query(`BEGIN; LOCK TABLE mail IN ${mode} MODE`);
          await vi.waitFor(async () => expect(await countWaiting()).toBe(1), 20_000);
          expect(await databaseState(300)).toBe("locked");
          await reader.query("ROLLBACK");
          await asked;
          expect(await databaseState(300)).toBe("locked");
        },
        "ROW EXCLUSIVE",
      );
      await waiting.end();
      await vi.waitFor(async () => expect(await databaseState()).toBe("ok"), 20_000);
    },
  );

  test.each([
    ["ACCESS SHARE", "pg_dump"],
    ["ROW EXCLUSIVE", "a statement that writes"],
    ["SHARE UPDATE EXCLUSIVE", "autovacuum, ANALYZE and CREATE INDEX CONCURRENTLY"],
  ])("a %s lock, as of %s, changes nothing", async (mode) => {
    await whileLocked(
      url(),
      ["account", "mail"],
      async () => expect(await databaseState(300)).toBe("ok"),
      mode,
    );
  });

  test("what is locked that no sign-in needs changes nothing", async () => {
    await whileLocked(url(), ["help_question"], async () =>
      expect(await databaseState()).toBe("ok"),
    );
  });
});
