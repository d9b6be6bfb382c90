import type { IncomingMessage, ServerResponse } from "node:http";
import { awayReason } from "@/lib/db/database-down";
import { describeError, log } from "@/lib/log/log";
import type { RequestContext } from "@/lib/log/request-context";

/** Of a request that ends: its address as it came, and when. */
export type Asked = { asked: string; startedAt: number };

// Its own log says when the state changes (health.ts): a probe each second would fill this one.
const HEALTH_PATH = "/api/health";

/**
 * Writes what became of a request: its line, and before it an error's where the database was away for it,
 * one however many statements failed, also where the page came all the same. That line names the reason
 * (SQLSTATE or the connection's code) and where; what was sent is not in it.
 */
export function logAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  { asked, startedAt }: Asked,
): void {
  // Without the query: links from mails carry their tokens there.
  const path = asked.split("?", 1)[0]?.slice(0, 300);
  const { requestId, refusedBecause: because } = context;
  const of = { requestId, method: req.method, path };
  // Whoever asks for too much must not fill the log: that is reported once for all.
  const isReported = context.overShare || path === HEALTH_PATH;
  if (context.databaseDown && !isReported) reportDatabase(context, of);
  const ms = Math.round(performance.now() - startedAt);
  const status = res.headersSent ? res.statusCode : null;
  const aborted = res.writableFinished ? {} : { aborted: true };
  log.info({ ...of, status, because, ms, ...aborted }, "request");
}

function reportDatabase({ databaseFault, databaseFaultAt }: RequestContext, of: object): void {
  const reason = awayReason(databaseFault);
  const err = describeError(databaseFault);
  log.error({ ...of, ...databaseFaultAt, reason, err }, "The database is away");
}
