import type { IncomingMessage, ServerResponse } from "node:http";
import { availableParallelism } from "node:os";
import { cookieName } from "@/lib/cookies/cookies";
import type { FormBody } from "@/lib/log/form-body";
import type { RequestContext } from "@/lib/log/request-context";
import { unseal } from "@/lib/secrets/secrets";
import { bodyLimit, ORDINARY_BODY } from "@/lib/server/gate/body";
import { readCookie } from "@/lib/server/gate/cookie";
import { crowdedPage } from "@/lib/server/gate/crowded-page";
import { isSomebodysPlace } from "@/lib/server/gate/known-networks";
import { passwordFieldOf } from "@/lib/server/gate/password-fields";
import { type LineLimits, PasswordLine } from "@/lib/server/gate/password-line";
import { isUnder } from "@/lib/server/gate/path-rules";
import type { Reader } from "@/lib/server/gate/refusal";
import { reportCrowd } from "@/lib/server/gate/report-crowd";

const cores = availableParallelism();

/**
 * How many forms with a password are judged at once, and how many wait. More at work than cores, for a
 * form waits for the database too; a line of 64 a core is over in some seconds.
 */
export const PASSWORD_LINE: LineLimits = {
  atWork: { all: 3 * cores, network: 2 * cores },
  waiting: { all: 64 * cores, unknown: 32 * cores, network: 16 * cores },
  short: 4 * cores,
  waitMilliseconds: 10_000,
  // Not to keep everybody out by what waits for a row, or for the other answers of its account.
  workMilliseconds: 5_000,
};

const RETRY_AFTER_SECONDS = "5";

/** A form that was read whole, and the connection that waits for its answer. */
export type Sent = {
  req: IncomingMessage;
  res: ServerResponse;
  context: RequestContext;
  reader: Reader;
  /** Decoded. */
  path: string;
  form: FormBody;
};

// Where NextAuth takes a password, in whatever form.
const SIGN_IN_ROUTE = "/api/auth/callback/password";

async function holdsPassword(path: string, form: FormBody): Promise<boolean> {
  if (path === SIGN_IN_ROUTE) return true;
  // What may be larger than a page's form keeps what was typed, and looks at no password.
  const isPages = bodyLimit(path).bytes === ORDINARY_BODY.bytes && !isUnder(path, "/api");
  if (!isPages) return false;
  const fields = [...(await form.fields())];
  return fields.some(([name, value]) => passwordFieldOf(name) !== undefined && value !== "");
}

/**
 * Nothing here asks which account a form is for: how long somebody waits reports of no account whether
 * it exists and what it trusts (decision 0052).
 */
function isKnown({ req, context: { holder, clientIp } }: Sent): boolean | Promise<boolean> {
  const trusted = readCookie(req.headers.cookie, cookieName("trusted-browser"));
  const signed = unseal("trusted-browser", trusted);
  const isBrowser = Array.isArray(signed) && signed.length > 0;
  return holder?.account != null || isBrowser || isSomebodysPlace(clientIp);
}

/** Lets forms with a password be judged in turn; what finds no room is answered with 503, unjudged. */
export function passwordsInTurn(): (sent: Sent, judge: () => Promise<void>) => Promise<void> {
  const line = new PasswordLine(PASSWORD_LINE);
  return async (sent, judge) => {
    const { res, context, path, form } = sent;
    const { holder } = context;
    if (holder === undefined || !(await holdsPassword(path, form))) return judge();
    const hungUp = new AbortController();
    res.once("close", () => hungUp.abort());
    if (res.closed) hungUp.abort();
    const { network } = holder;
    const turn = await line.take({ network, isKnown: () => isKnown(sent), gone: hungUp.signal });
    if (turn.kind === "gone") return;
    if (turn.kind === "refused") return refuse(sent);
    try {
      await judge();
    } finally {
      turn.giveBack();
    }
  };
}

async function refuse({ req, res, context, reader, path, form }: Sent): Promise<void> {
  context.refusedBecause = "more passwords than can be looked at";
  reportCrowd();
  const fields = path === SIGN_IN_ROUTE ? null : await form.fields();
  const page = crowdedPage({ target: req.url ?? path, path, fields }, reader);
  res.writeHead(503, {
    "Content-Type": page.contentType,
    "Content-Length": Buffer.byteLength(page.body),
    "Retry-After": RETRY_AFTER_SECONDS,
  });
  res.end(page.body);
}
