import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isDatabaseDown } from "@/lib/db/database-down";
import { env } from "@/lib/env/env";
import { metricsText } from "@/lib/heartbeat/metrics-text";
import { readMetrics } from "@/lib/heartbeat/read-metrics";

/** Where Prometheus asks how the installation fares. */
export const METRICS_PATH = "/api/metrics";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether a request carries the token, compared in a time that says nothing of how much of it is right. */
function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

function answer(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  text: string,
  headers = {},
) {
  // What is left unread of a body would be taken for the next request.
  if (req.headers["content-length"] ?? req.headers["transfer-encoding"])
    res.shouldKeepAlive = false;
  res.writeHead(status, {
    "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    ...headers,
  });
  res.end(req.method === "HEAD" ? undefined : text);
}

/** Answers with metrics: 404 while METRICS_TOKEN is unset, 401 without it, 503 while the database is away. */
export async function answerMetrics(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { metricsToken: token } = env();
  if (token === undefined) return answer(req, res, 404, "There is no such address.\n");
  if (req.method !== "GET" && req.method !== "HEAD") {
    return answer(req, res, 405, "Only GET is served here.\n", { Allow: "GET, HEAD" });
  }
  if (!isAllowed(req, token)) {
    return answer(req, res, 401, "The token is not right.\n", { "WWW-Authenticate": "Bearer" });
  }
  try {
    return answer(req, res, 200, metricsText(await readMetrics()));
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    return answer(req, res, 503, "The database is away.\n", { "Retry-After": "10" });
  }
}
