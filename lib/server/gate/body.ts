import { IncomingMessage } from "node:http";
import { DOCUMENT_MAX_BYTES } from "@/lib/cases/rules/limits";
import { isUnder } from "@/lib/server/gate/path-rules";

const defaultLimitBytes = 64 * 1024;

// Larger bodies, by folder: a document of a case, with what a form adds to it.
const limitsBytes: readonly (readonly [folder: string, bytes: number])[] = [
  ["/recover/documents", DOCUMENT_MAX_BYTES + defaultLimitBytes],
];

/** How many bytes a form may send to a path. */
export function bodyLimitBytes(path: string): number {
  return limitsBytes.find(([folder]) => isUnder(path, folder))?.[1] ?? defaultLimitBytes;
}

/** Whether a request says beforehand that its body is larger than `limit` bytes. */
export function announcesTooMuch(req: IncomingMessage, limit: number): boolean {
  return Number(req.headers["content-length"] ?? 0) > limit;
}

export type Collected =
  | { outcome: "whole"; body: Buffer }
  | { outcome: "too-large" }
  /** The client has gone, or what it sent was no body. */
  | { outcome: "broken" };

/** Reads a body to its end, but no more than `limit` bytes; what is left stays unread. */
export function collectBody(req: IncomingMessage, limit: number): Promise<Collected> {
  if (announcesTooMuch(req, limit)) return Promise.resolve({ outcome: "too-large" });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (collected: Collected) => {
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      resolve(collected);
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= limit) return;
      req.pause();
      finish({ outcome: "too-large" });
    };
    const onEnd = () => finish({ outcome: "whole", body: Buffer.concat(chunks) });
    const onClose = () => finish({ outcome: "broken" });
    req.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

/** The same request once more, its collected body to be read from the start. */
export function replay(req: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(req.socket);
  again.httpVersion = req.httpVersion;
  again.httpVersionMajor = req.httpVersionMajor;
  again.httpVersionMinor = req.httpVersionMinor;
  again.method = req.method;
  again.url = req.url;
  again.rawHeaders = req.rawHeaders;
  again.headers = { ...req.headers, "content-length": String(body.length) };
  delete again.headers["transfer-encoding"];
  if (body.length > 0) again.push(body);
  again.push(null);
  // Else Node takes the end of the stream for a lost connection.
  again.complete = true;
  return again;
}
