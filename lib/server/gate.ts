import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { isDatabaseDown } from "@/lib/db/database-down";
import { formBody } from "@/lib/log/form-body";
import { log } from "@/lib/log/log";
import {
  keepRequest,
  noteDatabaseDown,
  type RequestContext,
  runForRequest,
} from "@/lib/log/request-context";
import { answerProgram } from "@/lib/server/answer-program";
import { guardAnswer, refuse, refuseBody } from "@/lib/server/gate/answer";
import { inTurn } from "@/lib/server/gate/answers-in-turn";
import { type Arrival, rewriteForwarding } from "@/lib/server/gate/arrival";
import { readAsked } from "@/lib/server/gate/asked";
import {
  announcesTooMuch,
  type BodyLimit,
  bodyLimit,
  collectBody,
  hasBody,
  ORDINARY_BODY,
  takeSlot,
} from "@/lib/server/gate/body";
import { checkRequest } from "@/lib/server/gate/check-request";
import type { Doubled } from "@/lib/server/gate/clean-cookies";
import { instructApp, makeContext } from "@/lib/server/gate/context";
import { enrolFirstOr } from "@/lib/server/gate/enrol-first";
import { formIsSound, formKindOf, plainContentType } from "@/lib/server/gate/form";
import { handForm } from "@/lib/server/gate/hand-form";
import { type Keeping, KeptPages } from "@/lib/server/gate/kept-pages";
import { chooseLiveCookies } from "@/lib/server/gate/live-cookies";
import { logAnswer } from "@/lib/server/gate/log-answer";
import { passwordsInTurn } from "@/lib/server/gate/passwords-in-turn";
import {
  isDevelopmentPath,
  isMailbox,
  isMailFrame,
  isOfPages,
  isUnused,
  readPath,
  readQuery,
} from "@/lib/server/gate/path-rules";
import { pendingRedirect, tooLargeOf } from "@/lib/server/gate/pending-redirect";
import { takePage } from "@/lib/server/gate/plain-page";
import { pressedOr } from "@/lib/server/gate/pressed-or";
import { nameForgottenProxy } from "@/lib/server/gate/proxy-notice";
import { type Reader, readerOf } from "@/lib/server/gate/refusal";
import { bringInput } from "@/lib/server/gate/returned-input";
import { type SecurityFacts, securityHeaders } from "@/lib/server/gate/security-headers";
import { seesMailbox } from "@/lib/server/gate/sees-mailbox";
import { type GateSettings, gateSettings } from "@/lib/server/gate/settings";
import { mayUpload } from "@/lib/server/gate/upload-right";
import { giveVisit } from "@/lib/server/gate/visit-cookie";
import { judgeOnce } from "@/lib/server/once/judge-once";
import { StraightPages } from "@/lib/server/straight/straight-pages";

/** Answers a request; what it throws is logged and answered with 500. */
export type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

// Next finds no page here, and answers with the site's own 404.
const nowhere = "/_gate/not-found";

type Visit = {
  req: IncomingMessage;
  res: ServerResponse;
  handle: Handle;
  inPasswordTurn: ReturnType<typeof passwordsInTurn>;
  settings: GateSettings;
  arrival: Arrival;
  context: RequestContext;
  reader: Reader;
  path: string | null;
  doubled: readonly Doubled[];
  keeping: Keeping | null;
};

/** Reads the form whole and hands the request on with it, or refuses. */
async function passForm(visit: Visit, path: string): Promise<void> {
  const { req, res, reader, context } = visit;
  const largest = bodyLimit(path);
  const knows =
    largest.from === undefined ||
    announcesTooMuch(req, largest.bytes) ||
    (await mayUpload(req, largest.from));
  const limit = knows ? largest : ORDINARY_BODY;
  const giveBack = takeSlot(limit, context.clientIp);
  if (giveBack === null) {
    const busy = { status: 503, headers: { "Retry-After": "10" } } as const;
    return refuseBody(req, res, busy, reader);
  }
  try {
    await passWithin(visit, path, limit, knows);
  } finally {
    giveBack();
  }
}

async function passWithin(
  visit: Visit,
  path: string,
  limit: BodyLimit,
  knows: boolean,
): Promise<void> {
  const { req, res, handle, reader, context, settings } = visit;
  const expectsContinue = req.headers.expect?.toLowerCase() === "100-continue";
  if (expectsContinue && !announcesTooMuch(req, limit.bytes)) res.writeContinue();
  const collected = await collectBody(req, limit);
  if (collected.outcome === "broken") return;
  if (collected.outcome === "too-large") {
    return refuseBody(req, res, tooLargeOf(bodyLimit(path), knows), reader);
  }
  if (collected.outcome === "too-slow") return refuseBody(req, res, { status: 408 }, reader);
  const contentType = plainContentType(req.headers["content-type"] ?? "");
  const kind = formKindOf(contentType, path);
  const sent = formBody(contentType, collected.body);
  if (kind !== null && !(await formIsSound(kind, sent))) {
    return refuse(res, { status: 400 }, reader);
  }
  context.form = sent;
  req.headers["content-type"] = contentType;
  // Next compares the two once more, character by character, and answers 500 to `Host:
  // EXAMPLE.com:443`.
  const { origin } = req.headers;
  if (origin) req.headers["x-forwarded-host"] = new URL(origin).host;
  const form = { req, handle, context, path, sent, table: settings.forms };
  const judge = (answer: ServerResponse) => handForm({ ...form, res: answer });
  const once = () => judgeOnce({ req, res, form: sent, context }, judge);
  await visit.inPasswordTurn({ ...visit, path, form: sent }, () =>
    settings.formsOnce && isOfPages(path) ? once() : judge(res),
  );
}

async function visit(visit: Visit): Promise<void> {
  const { req, res, handle, settings, arrival, context, reader, path } = visit;
  const method = req.method ?? "";
  const query = readQuery(req.url ?? "");
  // No browser asks it: a signature or a token of its own stands for what is asked of forms.
  if (await answerProgram(path, req, res)) return;
  const refusal = checkRequest({
    ...{ method, path, query, arrival, appUrl: settings.appUrl, dev: settings.dev },
    headers: req.headers,
  });
  if (refusal !== null || path === null) {
    context.refusedBecause = refusal?.because;
    const answer = refusal ?? { status: 400 };
    return hasBody(req) ? refuseBody(req, res, answer, reader) : refuse(res, answer, reader);
  }
  await chooseLiveCookies(req.headers, visit.doubled);
  const redirect = pendingRedirect(method, path, req.headers.cookie);
  if (redirect !== null) return void res.writeHead(307, redirect).end();
  if (isUnused(path, req.url ?? "") || (isMailbox(path) && !context.seesMailbox)) {
    req.url = nowhere;
  }
  if (settings.files?.serve(req, res, path)) return;
  const developing = settings.dev && isDevelopmentPath(path);
  if (method === "POST" && !developing) return passForm(visit, path);
  // Nobody reads it, and Node would wait for its end.
  if (hasBody(req)) res.shouldKeepAlive = false;
  giveVisit(req, res, path);
  if (visit.keeping?.answer) return visit.keeping.answer();
  await bringInput(req, res, context, path);
  await handle(req, res);
}

function receive(
  req: IncomingMessage,
  res: ServerResponse,
  handlers: Pick<Visit, "handle" | "inPasswordTurn">,
  settings: GateSettings,
  pages: { kept: KeptPages; straight: StraightPages },
): void {
  const startedAt = performance.now();
  const { arrival, doubled } = readAsked(req, settings);
  const asked = req.url ?? "";
  const context = makeContext(req, arrival);
  context.seesMailbox = seesMailbox(settings, arrival, context);
  const path = readPath(req.url);
  const reader = readerOf(req);
  const security: SecurityFacts = {
    appUrl: settings.appUrl,
    logoUrl: settings.logoUrl,
    dev: settings.dev,
    showsMail: path !== null && isMailbox(path),
    isMailFrame: path !== null && isMailFrame(path),
    host: arrival.host,
  };
  const keeping = settings.dev ? null : pages.kept.look(req, res, reader);
  const keep = (html: string) => {
    keeping?.keep(html);
    pages.straight.keep(html, context, res);
  };
  guardAnswer(res, {
    path,
    context,
    reader,
    headers: { ...securityHeaders(security), "X-Request-Id": context.requestId },
    ownHosts: [arrival.host, new URL(settings.appUrl).host].filter((host) => host !== null),
    isForm: req.method === "POST",
    page: keeping?.answer ? undefined : takePage(req, path, settings, keep),
    keepErrors: settings.dev || path === "/api/health",
  });
  // A connection that breaks is no event for anybody: without a listener Node would end the process.
  req.on("error", () => {});
  res.on("error", () => {});
  const forget = keepRequest(context);
  runForRequest(context, () => {
    if (arrival.proxyForgotten) nameForgottenProxy();
    res.once("close", () => {
      forget();
      logAnswer(req, res, context, { asked, startedAt });
    });
    rewriteForwarding(req, arrival);
    instructApp(req, context, settings);
    visit({
      ...{ req, res, ...handlers, settings, arrival, context, reader, path, doubled, keeping },
    }).catch((error) => {
      if (isDatabaseDown(error)) noteDatabaseDown(error);
      else log.error({ err: error }, "A request failed");
      if (res.headersSent) res.destroy();
      else refuse(res, { status: 500 }, reader);
    });
  });
}

/**
 * The gate before the app: gives each request an id and its client's IP, refuses what no page of ours
 * could have sent, and puts the security headers on every answer.
 *
 * @param handle the app's own handler; gets forms with their whole body, ready to be read
 * @param settings by default those of the environment, in production
 */
export function gate(
  handle: Handle,
  settings: GateSettings = gateSettings(false),
): RequestListener {
  const pages = { kept: new KeptPages(), straight: new StraightPages() };
  // Development makes each page anew, from what its files say by then.
  const answer = enrolFirstOr(pressedOr(settings.dev ? handle : pages.straight.or(handle)));
  const handlers = { handle: inTurn(answer), inPasswordTurn: passwordsInTurn() };
  return (req, res) => {
    try {
      receive(req, res, handlers, settings, pages);
    } catch (error) {
      // One request that the gate itself cannot take must not end the process for all others.
      log.error({ err: error }, "The gate failed");
      res.destroy();
    }
  };
}
