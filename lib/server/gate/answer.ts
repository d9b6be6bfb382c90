import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from "node:http";
import type { RequestContext } from "@/lib/log/request-context";
import { setCookieHeader } from "@/lib/server/gate/cookie";
import type { Encoded } from "@/lib/server/gate/encode";
import { isPublicFile, isUnder, MAIL_IMAGES_FOLDER } from "@/lib/server/gate/path-rules";
import { type Reader, type Refusal, refusalPage } from "@/lib/server/gate/refusal";
import type { RefusalStatus } from "@/lib/server/gate/refusal-words";
import { FILE_POLICY } from "@/lib/server/gate/security-headers";

/** What an answer must look like, whoever writes it. */
export type AnswerPlan = {
  /** Null where the path could not be read. */
  path: string | null;
  context: RequestContext;
  reader: Reader;
  /** On every answer, and not to be changed by the app. */
  headers: Record<string, string>;
  /** Hosts under which this site is known: redirects to them are made relative. */
  ownHosts: readonly string[];
  /** Whether a form was sent. */
  isForm: boolean;
  /** Makes of a whole page what goes out; left out: pages go out as they are written. */
  page?: ((html: Buffer) => Encoded) | undefined;
  /** Leave answers of 500 as Next wrote them. */
  keepErrors: boolean;
};

const retryAfterSeconds = "5";

/** A redirect within the site as a path, so that it works under every name that reaches us. */
export function relativeLocation(location: string, ownHosts: readonly string[]): string {
  let target = location;
  if (URL.canParse(location)) {
    const url = new URL(location);
    const own = url.protocol.startsWith("http") && ownHosts.includes(url.host);
    if (!own) return location;
    target = `${url.pathname}${url.search}${url.hash}`;
  }
  // Two slashes, or their backslashed likes, would lead to another site.
  let start = 0;
  while (target[start] === "/" || target[start] === "\\") start += 1;
  return start > 1 ? `/${target.slice(start)}` : target;
}

/** Whether an answer holds what somebody uploaded or typed, as a file: all that is no page and not ours. */
function holdsFile(res: ServerResponse, { path }: AnswerPlan): boolean {
  if (path !== null && isUnder(path, MAIL_IMAGES_FOLDER)) return true;
  const isOurs = path === null || isPublicFile(path) || isUnder(path, "/api");
  return !isOurs && !String(res.getHeader("Content-Type")).startsWith("text/html");
}

function applyHeaders(res: ServerResponse, plan: AnswerPlan, status: number): void {
  for (const [name, value] of Object.entries(plan.headers)) res.setHeader(name, value);
  res.removeHeader("X-Powered-By");
  const delivered = status === 200 || status === 206 || status === 304;
  if (delivered && holdsFile(res, plan)) {
    res.setHeader("Content-Security-Policy", FILE_POLICY);
  }
  for (const cookie of plan.context.brought?.cookies.take() ?? []) {
    res.appendHeader("Set-Cookie", cookie);
  }
  if (delivered && plan.context.enteredSaid) {
    res.appendHeader("Set-Cookie", setCookieHeader("notice", "", 0));
  }
  if (delivered && plan.context.codesShown) {
    res.appendHeader("Set-Cookie", setCookieHeader("recovery-codes", "", 0));
  }
  const cacheable = delivered && plan.path !== null && isPublicFile(plan.path);
  if (!cacheable) res.setHeader("Cache-Control", "no-store");
  const location = res.getHeader("Location");
  if (typeof location === "string") {
    res.setHeader("Location", relativeLocation(location, plan.ownHosts));
  }
}

type HeadArguments = [status: number, reason?: unknown, headers?: unknown];

/** Sets the headers that were handed to `writeHead`, so that they can be read and changed. */
export function takeHeaders(res: ServerResponse, [, reason, headers]: HeadArguments): void {
  const given = headers ?? (typeof reason === "object" ? reason : undefined);
  const list = Array.isArray(given)
    ? given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]]] : []))
    : Object.entries(given ?? {});
  for (const [name, value] of list) {
    if (value !== undefined) res.setHeader(String(name), value as OutgoingHttpHeader as string);
  }
}

function errorStatus({ context, isForm }: AnswerPlan): RefusalStatus {
  if (context.databaseDown) return 503;
  return isForm && !context.reached ? 400 : 500;
}

/** What `write` and `end` were given, as bytes. */
function bytesOf([chunk, encoding]: unknown[]): Buffer[] {
  if (typeof chunk === "string") {
    return [Buffer.from(chunk, typeof encoding === "string" ? (encoding as "utf8") : "utf8")];
  }
  return chunk instanceof Uint8Array ? [Buffer.from(chunk)] : [];
}

/**
 * Sees to it that an answer leaves with our headers, and that an error never leaves as the blank
 * page Next makes of it: a 500 becomes our own page, 503 where the database was found down, and 400
 * where Next failed over a form before any code of ours saw it.
 */
export function guardAnswer(res: ServerResponse, plan: AnswerPlan): void {
  const writeHead = res.writeHead.bind(res) as (status: number) => ServerResponse;
  const write = res.write.bind(res) as (...chunk: unknown[]) => boolean;
  const end = res.end.bind(res) as (...chunk: unknown[]) => ServerResponse;
  const flushHeaders = res.flushHeaders.bind(res);
  let replacement: string | null = null;
  /** Of a page, which goes out whole: what was written of it so far. */
  let held: Buffer[] | null = null;

  const replaceError = () => {
    const status = errorStatus(plan);
    const page = refusalPage(plan.context.overShare ? "busy" : status, plan.reader);
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    plan.context.brought?.cookies.take();
    res.setHeader("Content-Type", page.contentType);
    res.setHeader("Content-Length", Buffer.byteLength(page.body));
    if (status === 503) res.setHeader("Retry-After", retryAfterSeconds);
    replacement = page.body;
    applyHeaders(res, plan, status);
    writeHead(status);
  };
  const isError = () =>
    !res.headersSent && replacement === null && res.statusCode === 500 && !plan.keepErrors;

  const isPage = () =>
    plan.page !== undefined &&
    !res.headersSent &&
    String(res.getHeader("Content-Type")).startsWith("text/html") &&
    !res.hasHeader("Content-Encoding");
  const hold = () => {
    if (held === null && isPage()) held = [];
    return held;
  };
  const letGo = (chunks: Buffer[], done: unknown[]) => {
    held = null;
    const { body, headers } = (plan.page as NonNullable<typeof plan.page>)(Buffer.concat(chunks));
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.removeHeader("Transfer-Encoding");
    // What it would have fetched ahead is named in the same packets.
    res.removeHeader("Link");
    // Asked for its head alone, a page is made without its bytes: nobody knows how many it has.
    if (res.req.method === "HEAD") res.removeHeader("Content-Length");
    else res.setHeader("Content-Length", body.length);
    applyHeaders(res, plan, res.statusCode);
    writeHead(res.statusCode);
    return end(body, ...done);
  };

  res.writeHead = ((...given: HeadArguments) => {
    res.statusCode = given[0];
    if (isError()) {
      replaceError();
      return res;
    }
    takeHeaders(res, given);
    if (hold() !== null) return res;
    applyHeaders(res, plan, given[0]);
    return writeHead(given[0]);
  }) as typeof res.writeHead;

  const lastFunction = (values: unknown[]) => values.find((value) => typeof value === "function");

  res.write = ((...chunk: unknown[]) => {
    if (isError()) replaceError();
    const page = replacement === null ? hold() : null;
    page?.push(...bytesOf(chunk));
    if (replacement === null && page === null) return write(...chunk);
    (lastFunction(chunk) as (() => void) | undefined)?.();
    return true;
  }) as typeof res.write;

  res.end = ((...chunk: unknown[]) => {
    if (isError()) replaceError();
    const done = [lastFunction(chunk)].filter((one) => one !== undefined);
    if (replacement !== null) return end(replacement, ...done);
    const page = hold();
    return page === null ? end(...chunk) : letGo([...page, ...bytesOf(chunk)], done);
  }) as typeof res.end;

  // Next would send them before the page is there.
  res.flushHeaders = () => {
    if (hold() === null) flushHeaders();
  };
}

/** Answers with a refusal. Returns when the answer was handed to the connection. */
export function refuse(res: ServerResponse, refusal: Refusal, reader: Reader): void {
  const page = refusalPage(refusal.words ?? refusal.status, reader);
  for (const [name, value] of Object.entries(refusal.headers ?? {})) res.setHeader(name, value);
  res.writeHead(refusal.status, {
    "Content-Type": page.contentType,
    "Content-Length": Buffer.byteLength(page.body),
  });
  res.end(page.body);
}

const drainBytes = 32 * 1024 * 1024;
const drainMilliseconds = 5_000;

/**
 * Refuses a body that is too large or comes too slowly, or whose request is refused for another reason. What is still on its way is thrown away for a moment, up to a
 * bound: a connection closed upon unread bytes is reset, and the client would never see the answer.
 */
export function refuseBody(
  req: IncomingMessage,
  res: ServerResponse,
  refusal: Refusal,
  reader: Reader,
): void {
  const page = refusalPage(refusal.words ?? refusal.status, reader);
  res.writeHead(refusal.status, {
    ...refusal.headers,
    "Content-Type": page.contentType,
    "Content-Length": Buffer.byteLength(page.body),
    Connection: "close",
  });
  res.write(page.body);
  let drained = 0;
  const finish = () => {
    clearTimeout(deadline);
    res.end();
  };
  const deadline = setTimeout(finish, drainMilliseconds);
  req.on("data", (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > drainBytes) finish();
  });
  req.once("end", finish).once("close", finish);
  req.resume();
}
