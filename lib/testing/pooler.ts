import { connect, createServer, type Socket } from "node:net";

/** How a pooler gives its connections away: one for as long as a client stays, or one a transaction. */
export type PoolerMode = "session" | "newest" | "oldest";

export type Pooler = {
  /** The URL of the database, through the pooler. */
  url: string;
  /** The names of the parameters that connections began with. */
  parameters: Set<string>;
  stop(): Promise<void>;
};

// What PgBouncer takes of itself (docs, "ignore_startup_parameters").
const taken = ["user", "database", "client_encoding", "application_name", "DateStyle", "TimeZone"];

const PROTOCOL_3 = 196_608;
const SSL_REQUEST = 80_877_103;

/** Cuts a stream into messages of the protocol, each with its type before its length. */
function messagesOf(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= rest.readInt32BE(1) + 1) {
      const end = rest.readInt32BE(1) + 1;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      take(message);
    }
  };
}

const typeOf = (message: Buffer) => String.fromCharCode(message[0] ?? 0);

function refusal(words: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C08P01\0M${words}\0\0`);
  const head = Buffer.from("E....");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** A connection to the server, and what becomes of what it says. */
type Line = { socket: Socket; heard: (message: Buffer) => void };

/**
 * A connection pooler before a database, which refuses unknown parameters of the start, as PgBouncer does
 * by default. It speaks as much of PostgreSQL's protocol as node-postgres does.
 */
export async function startPooler(databaseUrl: string, mode: PoolerMode): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const idle: Line[] = [];
  const waiting: ((line: Line) => void)[] = [];
  const sockets = new Set<Socket>();
  const parameters = new Set<string>();

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    return socket;
  };
  const release = (line: Line) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(line);
    else next(line);
  };
  const lend = async (): Promise<Line> => {
    const line = mode === "newest" ? idle.pop() : idle.shift();
    return line ?? new Promise((resolve) => waiting.push(resolve));
  };
  const open = () => keep(connect(Number(target.port), target.hostname));

  function begin(client: Socket, startup: Buffer): void {
    const words = startup.subarray(8).toString("utf8").split("\0");
    const names = words.filter((word, index) => index % 2 === 0 && word !== "");
    for (const name of names) parameters.add(name);
    const unknown = names.find((name) => !taken.includes(name));
    if (unknown !== undefined) {
      client.end(refusal(`unsupported startup parameter: ${unknown}`));
      return;
    }
    const socket = open();
    socket.write(startup);
    if (mode === "session") {
      client.pipe(socket).pipe(client);
      client.once("close", () => socket.destroy());
      socket.once("close", () => client.destroy());
    } else share(client, socket);
  }

  function share(client: Socket, socket: Socket): void {
    const line: Line = { socket, heard: () => {} };
    socket.on(
      "data",
      messagesOf((message) => line.heard(message)),
    );
    let lent: Line | Promise<Line> | null = line;
    let answersDue = 1;
    const hear = (from: Line) => (message: Buffer) => {
      client.write(message);
      if (typeOf(message) !== "Z") return;
      answersDue -= 1;
      if (answersDue > 0 || message[5] !== "I".charCodeAt(0)) return;
      lent = null;
      from.heard = () => {};
      release(from);
    };
    line.heard = hear(line);
    const borrow = async () => {
      const one = await lend();
      one.heard = hear(one);
      return one;
    };
    let last = Promise.resolve();
    const say = messagesOf((message) => {
      // One behind the other: what comes while a connection is waited for waits, too.
      last = last.then(async () => {
        if (typeOf(message) === "X") return;
        if (["Q", "S"].includes(typeOf(message))) answersDue += 1;
        lent ??= borrow();
        (await lent).socket.write(message);
      });
    });
    client.on("data", say);
  }

  const server = createServer((client) => {
    keep(client);
    client.once("data", (first) => {
      if (first.readInt32BE(4) === SSL_REQUEST) {
        client.write("N");
        client.once("data", (startup) => begin(client, startup));
      } else if (first.readInt32BE(4) === PROTOCOL_3) begin(client, first);
      else client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url: url.href,
    parameters,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
