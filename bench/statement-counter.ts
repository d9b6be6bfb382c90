import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A statement that was executed. */
export type Statement = { sql: string; isWrite: boolean };

/** Stands between a server and PostgreSQL, and notes what is executed. */
export type StatementCounter = {
  /** For DATABASE_URL. */
  url: string;
  /** What was executed since this was last called, BEGIN and COMMIT included. */
  take(): Statement[];
  close(): Promise<void>;
};

const writing = /^\s*(insert|update|delete|with\b[\s\S]*\b(insert|update|delete)\b)/i;
// The first message has no kind. Requests to encrypt are such messages, and another follows them.
const encryptions = new Set([80877103, 80877104]);

/**
 * Reads what a client sends in PostgreSQL's protocol (version 3, "Message Formats" of its manual), and
 * notes the text of each simple query and of each execution, prepared or not.
 */
function createReader(note: (sql: string) => void) {
  const statements = new Map<string, string>();
  const portals = new Map<string, string>();
  let rest = Buffer.alloc(0);
  let hasBegun = false;

  const textAt = (message: Buffer, from: number): [string, number] => {
    const end = message.indexOf(0, from);
    return [message.toString("utf8", from, end), end + 1];
  };

  function read(kind: string, message: Buffer): void {
    const [name, next] = textAt(message, 0);
    if (kind === "Q") note(name);
    if (kind === "P") statements.set(name, textAt(message, next)[0]);
    if (kind === "B") portals.set(name, statements.get(textAt(message, next)[0]) ?? "?");
    if (kind === "E") note(portals.get(name) ?? "?");
  }

  return (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = hasBegun ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      if (hasBegun) read(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, length));
      else hasBegun = !encryptions.has(rest.readInt32BE(4));
      rest = rest.subarray(length);
    }
  };
}

/**
 * Starts one on a free port of 127.0.0.1.
 * @param databaseUrl with a host and a port, and without TLS
 */
export async function startStatementCounter(databaseUrl: string): Promise<StatementCounter> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let taken: Statement[] = [];
  const server = createServer((client) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    const read = createReader((sql) => taken.push({ sql, isWrite: writing.test(sql) }));
    client.on("data", read);
    client.pipe(database).pipe(client);
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => open.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    take() {
      const all = taken;
      taken = [];
      return all;
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      });
    },
  };
}
