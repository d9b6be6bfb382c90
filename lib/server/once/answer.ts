import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { Writable } from "node:stream";
import { takeHeaders } from "@/lib/server/gate/answer";

/** An answer as the app gave it. */
export type Answer = {
  status: number;
  headers: Record<string, OutgoingHttpHeader>;
  body: Buffer;
};

/** The largest body of an answer that is kept. */
const LARGEST_BODY = 1024 * 1024;

const presentHeaders = (headers: OutgoingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    OutgoingHttpHeader
  >;

/** The `Set-Cookie` headers of an answer. */
export function setCookiesOf({ headers }: Answer): string[] {
  return [headers["set-cookie"] ?? []].flat().map(String);
}

/** Writes an answer. The connection's own headers are the gate's. */
export function giveAnswer(res: ServerResponse, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.writeHead(answer.status);
  res.end(answer.body);
}

/**
 * Lets the app answer aside of the connection, so that its answer is whole also where the browser has
 * gone: the second press of a button ends the navigation of the first.
 *
 * @param overflow where a body goes that is too large to be kept, as it comes
 * @returns the answer; null where it went to `overflow`, or where the app broke it off
 */
export async function answerAside(
  req: IncomingMessage,
  overflow: ServerResponse,
  handle: (res: ServerResponse) => Promise<void>,
): Promise<Answer | null> {
  const aside = new ServerResponse(req);
  // What Node writes for a connection is dropped; the pieces are taken before it is made.
  aside.assignSocket(new Writable({ write: (_, __, done) => done() }) as Socket);
  const pieces: Buffer[] = [];
  let size = 0;
  let flowsOver = false;

  const pour = (): void => {
    flowsOver = true;
    for (const [name, value] of Object.entries(presentHeaders(aside.getHeaders())))
      overflow.setHeader(name, value);
    overflow.writeHead(aside.statusCode);
    overflow.write(Buffer.concat(pieces));
    overflow.on("drain", () => aside.emit("drain"));
    if (overflow.destroyed) aside.destroy();
    else overflow.once("close", () => aside.destroy());
  };
  const take = (piece: unknown, encoding: unknown): boolean => {
    if (typeof piece !== "string" && !(piece instanceof Uint8Array)) return true;
    const bytes =
      typeof piece === "string"
        ? Buffer.from(piece, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8")
        : Buffer.from(piece);
    if (flowsOver) return overflow.write(bytes);
    pieces.push(bytes);
    size += bytes.length;
    if (size > LARGEST_BODY) pour();
    return true;
  };

  const writeHead = aside.writeHead.bind(aside) as (status: number) => ServerResponse;
  aside.writeHead = ((...given: [number, unknown?, unknown?]) => {
    takeHeaders(aside, given);
    return writeHead(given[0]);
  }) as typeof aside.writeHead;
  const write = aside.write.bind(aside) as (...chunk: unknown[]) => boolean;
  const end = aside.end.bind(aside) as (...chunk: unknown[]) => ServerResponse;
  aside.write = ((...chunk: unknown[]) => {
    write(...chunk);
    // Nobody drains what is dropped: only the connection can make the app wait.
    return take(chunk[0], chunk[1]);
  }) as typeof aside.write;
  aside.end = ((...chunk: unknown[]) => {
    take(chunk[0], chunk[1]);
    if (flowsOver) overflow.end();
    return end(...chunk);
  }) as typeof aside.end;

  const finished = new Promise<void>((resolve) => {
    aside.once("finish", resolve).once("close", resolve);
  });
  await Promise.all([handle(aside), finished]);
  if (flowsOver) return null;
  if (!aside.writableEnded) {
    overflow.destroy();
    return null;
  }
  const { statusCode: status } = aside;
  return { status, headers: presentHeaders(aside.getHeaders()), body: Buffer.concat(pieces) };
}
