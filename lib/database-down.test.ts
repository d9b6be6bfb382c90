import { describe, expect, test } from "vitest";
import { isConnectionStale, isDatabaseDown } from "@/lib/database-down";

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
    "25006",
  ])("SQLSTATE %s, from the driver and through Prisma", (sqlState) => {
    expect(isDatabaseDown(Object.assign(new Error("x"), { code: sqlState }))).toBe(true);
    expect(isDatabaseDown(fromPrisma(sqlState))).toBe(true);
    expect(isDatabaseDown(fromPrisma(sqlState, "P2039"))).toBe(true);
    expect(isDatabaseDown({ cause: { err: fromPrisma(sqlState) } })).toBe(true);
  });

  test.each("P1000 P1001 P1002 P1003 P1008 P1010 P1011 P1017 P1018 P2024 P2028 P2037".split(" "))(
    "Prisma's %s",
    (code) => {
      expect(isDatabaseDown(Object.assign(new Error("x"), { code }))).toBe(true);
    },
  );

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
  ["a deadlock", fromPrisma("40P01", "P2034")],
  ["a serialization failure", fromPrisma("40001", "P2034")],
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
