import { userInfo } from "node:os";
import { Client } from "pg";
import { expect, test } from "vitest";
import { endpointOf, readDatabaseUrl, readSmtpUrl } from "@/lib/env/connection-url";

const socket = "/var/run/postgresql";
const me = userInfo().username;

test.each<[string, Partial<Client>]>([
  ["postgresql://u:p@h:5433/d", { user: "u", password: "p", host: "h", port: 5433, database: "d" }],
  ["POSTGRES://u:p@H.example./d", { user: "u", host: "H.example.", port: 5432, database: "d" }],
  ["postgresql://u:p%40s%23s%2Fw%3F%25%3A+%20@h/d", { user: "u", password: "p@s#s/w?%:+ " }],
  ["postgresql://u:p:w@h/d", { password: "p:w" }],
  ["postgresql://u%40server:p@h/d", { user: "u@server" }],
  ["postgresql://u:p@[::1]:5433/d", { host: "::1", port: 5433 }],
  ["postgresql://u:p@10.0.0.1/d", { host: "10.0.0.1" }],
  ["postgresql://u:p@h", { database: "u" }],
  ["postgresql://h/d", { user: me, host: "h", database: "d" }],
  [`postgresql:///d?host=${socket}`, { user: me, host: socket, port: 5432, database: "d" }],
  [`postgresql://u@/d?host=${socket}&port=5433`, { user: "u", host: socket, port: 5433 }],
  [`postgresql://u:p@localhost/d?host=${socket}`, { host: socket, database: "d" }],
  ["postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", { user: "u", host: socket, database: "d" }],
  [
    "postgresql://u:p@%2Fvar%2Frun%2Fpostgresql:5433/d",
    { password: "p", host: socket, port: 5433 },
  ],
  ["postgresql://u:p@h/my%20d", { database: "my d" }],
])("a client of %s connects as it says", (url, expected) => {
  const client = new Client({ connectionString: readDatabaseUrl(url) });
  const { user, password, host, port, database } = client;
  expect({ user, password, host, port, database }).toMatchObject(expected);
});

test("nothing is left to the shell's variables for psql", () => {
  const shell = { PGUSER: "x", PGDATABASE: "x", PGPORT: "1", PGHOST: "x" };
  Object.assign(process.env, shell);
  try {
    const client = new Client({ connectionString: readDatabaseUrl("postgresql://h") });
    expect([client.user, client.database, client.port, client.host]).toEqual([me, me, 5432, "h"]);
  } finally {
    for (const name of Object.keys(shell)) delete process.env[name];
  }
});

test.each([
  ["disable", "disable"],
  ["require", "verify-full"],
  ["verify-ca", "verify-full"],
  ["verify-full", "verify-full"],
  ["no-verify", "no-verify"],
])("sslmode=%s is what the client calls %s", (given, read) => {
  const url = new URL(readDatabaseUrl(`postgresql://u:p@h/d?sslmode=${given}`));
  expect(url.searchParams.get("sslmode")).toBe(read);
});

test("options go through as they are", () => {
  const url = "postgresql://u:p@h/d?options=-c%20search_path%3Dpublic%20-c%20a.b%3D1%2B1";
  expect(new URL(readDatabaseUrl(url)).searchParams.get("options")).toBe(
    "-c search_path=public -c a.b=1+1",
  );
});

test("a database is named by host and port, or by its socket, and never by more", () => {
  expect(endpointOf(readDatabaseUrl("postgresql://u:secret@h/d"))).toBe("h:5432");
  expect(endpointOf(readDatabaseUrl("postgresql://u:secret@[::1]:1/d"))).toBe("[::1]:1");
  expect(endpointOf(readDatabaseUrl(`postgresql://u:secret@/d?host=${socket}`))).toBe(socket);
});

test.each([
  ["smtp://u:p@h:587", "smtp://u:p@h:587"],
  ["smtp://h", "smtp://h"],
  ["SMTP://h/", "smtp://h"],
  ["smtps://u:p@h", "smtps://u:p@h"],
  ["smtp://u:p@h:465", "smtps://u:p@h:465"],
  ["smtps://u:p@h:587", "smtp://u:p@h:587?requireTLS=true"],
  ["smtps://h:25", "smtp://h:25?requireTLS=true"],
  ["smtps://h:2465", "smtps://h:2465"],
  ["smtp://u%40h:p%23w@[::1]:25", "smtp://u%40h:p%23w@[::1]:25"],
  ["smtp://@h", "smtp://h"],
  ["smtp://h?requireTLS=true&ignoreTLS=false", "smtp://h?requireTLS=true&ignoreTLS=false"],
  ["smtp://h?tls.rejectUnauthorized=false", "smtp://h?tls.rejectUnauthorized=false"],
])("%s is used as %s", (given, used) => {
  expect(readSmtpUrl(given)).toBe(used);
});
