import type { IncomingMessage, ServerResponse } from "node:http";
import { currentRequest } from "@/lib/log/request-context";
import { logRequestError } from "@/lib/server/request-error";

/**
 * Answers a request that failed where the gate itself made the answer, as Next does: a line in the log,
 * and a 500 of which the gate makes a page.
 *
 * @param kind what was made
 */
export async function answerFailed(
  error: unknown,
  kind: "press" | "render",
  { url: path = "", method = "", headers }: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const part = { routePath: currentRequest()?.path ?? "", routeType: kind };
  await logRequestError(error, { path, method, headers }, part);
  res.writeHead(500).end();
}
