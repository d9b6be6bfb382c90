import { IncomingMessage } from "node:http";
import { PHOTOGRAPH_MAX_BYTES } from "@/lib/cases/rules/limits";
import { env } from "@/lib/env/env";
import { WAS_IT_US_PATH } from "@/lib/mail/links";
import { networkOf } from "@/lib/network/network";
import { isUnder, KEEPING_PATH } from "@/lib/server/gate/path-rules";
import { SOURCE_MAX_BYTES } from "@/lib/was-it-us/rules/limits";

/** What a form may send: how many bytes, and how many seconds it may take over them. */
export type BodyLimit = {
  bytes: number;
  seconds: number;
  /** From whom alone (gate/upload-right.ts); everybody else's is an ordinary one. */
  from?: LargeSender;
  /** What a larger one is answered with. */
  words?: "large-source";
};

/** Who alone may send a larger body: whose draft of a case it is, or the staff. */
export type LargeSender = "draft" | "staff";

/** What every form may send, whoever it comes from. */
export const ORDINARY_BODY: BodyLimit = { bytes: 64 * 1024, seconds: 60 };
const ordinary = ORDINARY_BODY;

/** The least a body must bring in any stretch of so many seconds that it takes. */
export const SLOWEST_BODY = { bytes: 30 * 1024, seconds: 30 };

// Larger bodies, by folder: a document of a case with what a form adds to it, over a bad line.
const withDocument: BodyLimit = {
  bytes: PHOTOGRAPH_MAX_BYTES + ordinary.bytes,
  seconds: 600,
  from: "draft",
};
const ofSource: BodyLimit = {
  bytes: SOURCE_MAX_BYTES + ordinary.bytes,
  seconds: 120,
  words: "large-source",
};
const larger: readonly (readonly [folder: string, limit: BodyLimit])[] = [
  ["/recover/documents", withDocument],
  // A draft goes along with the choice of a language, with what was chosen in it.
  [KEEPING_PATH, withDocument],
  // The source of a mail, from anybody.
  [WAS_IT_US_PATH, ofSource],
  // Texts of mails, a picture, or all texts in one file.
  ["/templates", { bytes: 2 * 1024 * 1024 + ordinary.bytes, seconds: 120, from: "staff" }],
];

/** The longest that any body may take, in seconds. */
export const LONGEST_BODY_SECONDS = Math.max(...larger.map(([, { seconds }]) => seconds));

/** What a form may send to a path. */
export function bodyLimit(path: string): BodyLimit {
  return larger.find(([folder]) => isUnder(path, folder))?.[1] ?? ordinary;
}

// Held in memory, such a body takes a slot.
const mayGrowLarge = (limit: BodyLimit): boolean => limit.bytes > ordinary.bytes;

/** Large bodies that are held in memory at once, in all and of one network; each is some times 11 MiB. */
export const LARGE_BODIES_AT_ONCE = 12;
export const LARGE_BODIES_OF_ONE_NETWORK = 3;

const unknownClient = "unknown";
const largeBodies: string[] = [];

/**
 * Takes a slot for a body that is to be held in memory. Bodies of ordinary forms need none.
 *
 * @param client IP address; null: unknown
 * @returns what gives the slot back; null when there is none at the moment
 */
export function takeSlot(limit: BodyLimit, client: string | null): (() => void) | null {
  if (!mayGrowLarge(limit)) return () => {};
  // By network, as all counts are: whoever has an IPv6 one has more addresses than there are slots.
  const name = client === null ? unknownClient : networkOf(client, env().ipv6Prefix);
  const own = largeBodies.filter((one) => one === name).length;
  if (own >= LARGE_BODIES_OF_ONE_NETWORK || largeBodies.length >= LARGE_BODIES_AT_ONCE) return null;
  largeBodies.push(name);
  return () => {
    largeBodies.splice(largeBodies.indexOf(name), 1);
  };
}

/** Whether a request says beforehand that its body is larger than `limit` bytes. */
export function announcesTooMuch(req: IncomingMessage, limit: number): boolean {
  return Number(req.headers["content-length"] ?? 0) > limit;
}

/** Whether a request has a body, as its headers say. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
}

export type Collected =
  | { outcome: "whole"; body: Buffer }
  | { outcome: "too-large" }
  | { outcome: "too-slow" }
  /** The client has gone, or what it sent was no body. */
  | { outcome: "broken" };

/**
 * Reads a body to its end, but no more and no longer than the limit, and none that comes slower than
 * 1 KiB a second over half a minute; what is left stays unread.
 *
 * @param mayBeLarge asked once, before more is read than of an ordinary form; false: it is too large
 */
export function collectBody(
  req: IncomingMessage,
  limit: BodyLimit,
  mayBeLarge: () => boolean = () => true,
): Promise<Collected> {
  // It may have gone while something was looked up; nothing would show that any more.
  if (req.destroyed) return Promise.resolve({ outcome: "broken" });
  if (announcesTooMuch(req, limit.bytes)) return Promise.resolve({ outcome: "too-large" });
  let isLarge = announcesTooMuch(req, ordinary.bytes);
  if (isLarge && !mayBeLarge()) return Promise.resolve({ outcome: "too-large" });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (collected: Collected) => {
      clearTimeout(deadline);
      clearInterval(pace);
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      resolve(collected);
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      const grew = !isLarge && length > ordinary.bytes;
      isLarge ||= grew;
      if (length <= limit.bytes && (!grew || mayBeLarge())) return;
      req.pause();
      finish({ outcome: "too-large" });
    };
    const tooSlow = () => {
      req.pause();
      finish({ outcome: "too-slow" });
    };
    const deadline = setTimeout(tooSlow, limit.seconds * 1_000);
    // How much had come by each of the last seconds; the first of them is the stretch's start.
    const lengths = [0];
    const pace = setInterval(() => {
      lengths.push(length);
      if (lengths.length <= SLOWEST_BODY.seconds) return;
      if (length - (lengths.shift() ?? 0) < SLOWEST_BODY.bytes) tooSlow();
    }, 1_000);
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
