import { describe, expect, test } from "vitest";
import {
  awayReason,
  isConnectionStale,
  isDatabaseDown,
  wordsOfDatabase,
} from "@/lib/db/database-down";

/** What Prisma makes of an answer of PostgreSQL's (7.10, with @prisma/adapter-pg). */
const fromPrisma = (sqlState: string, prisma = "P2010") => ({
  name: "PrismaClientKnownRequestError",
  code: prisma,
  message: `Raw query failed. Code: \`${sqlState}\`. Message: \`x\``,
  meta: {
    driverAdapterError: {
      cause: { originalCode: sqlState, kind: "postgres", code: sqlState, message: "x" },
    },
  },
});

describe("the database counts as away", () => {
  test.each([
    ..."08000 08001 08003 08004 08006 08007 08P01".split(" "),
    ..."57P01 57P02 57P03 57P04 57P05 57014 57000".split(" "),
    ..."53000 53100 53200 53300 53400 58030 25P03 25P04 28000 28P01 3D000".split(" "),
    ..."25006 55P03 40001 40P01".split(" "),
  ])("SQLSTATE %s, from the driver and through Prisma", (sqlState) => {
    expect(isDatabaseDown(Object.assign(new Error("x"), { code: sqlState }))).toBe(true);
    expect(isDatabaseDown(fromPrisma(sqlState))).toBe(true);
    expect(isDatabaseDown(fromPrisma(sqlState, "P2039"))).toBe(true);
    expect(isDatabaseDown({ cause: { err: fromPrisma(sqlState) } })).toBe(true);
  });

  test.each(
    "P1000 P1001 P1002 P1003 P1008 P1010 P1011 P1017 P1018 P2024 P2028 P2034 P2037".split(" "),
  )("Prisma's %s", (code) => {
    expect(isDatabaseDown(Object.assign(new Error("x"), { code }))).toBe(true);
  });

  test.each(
    "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EHOSTDOWN ENETDOWN".split(
      " ",
    ),
  )("Node's %s, also one of several addresses", (code) => {
    const error = Object.assign(new Error("connect"), { code });
    expect(isDatabaseDown(error)).toBe(true);
    expect(isDatabaseDown(new AggregateError([error]))).toBe(true);
  });

  test.each([
    "Connection terminated",
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "Client has encountered a connection error and is not queryable",
    "Client was closed and is not queryable",
    "timeout expired",
    "timeout exceeded when trying to connect",
    "Query read timeout",
    "Cannot use a pool after calling end on the pool",
    "The server does not support SSL connections",
    "There was an error establishing an SSL connection",
  ])("the driver's own words: %s", (message) => {
    expect(isDatabaseDown(new Error(message))).toBe(true);
    expect(isDatabaseDown(new Error("outer", { cause: new Error(message) }))).toBe(true);
  });

  test.each(
    "DatabaseNotReachable DatabaseDoesNotExist DatabaseAccessDenied AuthenticationFailed TlsConnectionError ConnectionClosed SocketTimeout TooManyConnections TransactionAlreadyClosed".split(
      " ",
    ),
  )("the adapter's kind %s", (kind) => {
    expect(isDatabaseDown({ cause: { kind } })).toBe(true);
  });
});

test.each([
  ["nothing", undefined],
  ["a text", "ECONNREFUSED"],
  ["any error", new Error("The name of the connection is wrong")],
  ["a value PostgreSQL cannot read", fromPrisma("22P02")],
  ["a row that is there already", fromPrisma("23505", "P2002")],
  ["a table that is not", fromPrisma("42P01", "P2021")],
  ["a transaction that broke a rule", fromPrisma("40002")],
  ["a transaction that failed before", fromPrisma("25P02")],
  ["no right to it", fromPrisma("42501")],
  ["a file that is not there", Object.assign(new Error("x"), { code: "ENOENT" })],
])("%s is an error like any other", (_, error) => {
  expect(isDatabaseDown(error)).toBe(false);
  expect(isConnectionStale(error)).toBe(false);
});

test("connections lead to the wrong server where it only reads or says nothing any more", () => {
  expect(isConnectionStale(fromPrisma("25006"))).toBe(true);
  expect(isConnectionStale(new Error("Query read timeout"))).toBe(true);
  expect(isConnectionStale(fromPrisma("57P01"))).toBe(false);
  expect(isConnectionStale(new Error("timeout expired"))).toBe(false);
});

test("an error that names itself as its cause ends the search", () => {
  const circle: { cause?: unknown } = {};
  circle.cause = circle;
  expect(isDatabaseDown(circle)).toBe(false);
});

test.each([
  ["PostgreSQL's code before Prisma's", fromPrisma("55P03", "P2039"), "55P03"],
  [
    "also where the adapter names it by a kind",
    { cause: { kind: "X", originalCode: "40P01" } },
    "40P01",
  ],
  ["the connection's", Object.assign(new Error("x"), { code: "ECONNRESET" }), "ECONNRESET"],
  ["Prisma's", Object.assign(new Error("x"), { code: "P2024" }), "P2024"],
  [
    "the driver's words, and nothing behind them",
    new Error("Query read timeout of 5"),
    "Query read timeout",
  ],
  ["none of another error", fromPrisma("23505", "P2002"), null],
])("the log's reason is %s", (_, error, reason) => {
  expect(awayReason(error)).toBe(reason);
});

test("what PostgreSQL said is found below what others made of it", () => {
  const said = {
    originalCode: "55P03",
    originalMessage: "canceling statement due to lock timeout",
  };
  const error = {
    code: "P2039",
    message: "Database error",
    meta: { driverAdapterError: { cause: said } },
  };
  expect(wordsOfDatabase(error)).toEqual({ sqlState: "55P03", words: said.originalMessage });
  expect(wordsOfDatabase(new Error("connect ECONNREFUSED"))).toBeNull();
});
