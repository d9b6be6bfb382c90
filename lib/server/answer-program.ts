import type { IncomingMessage, ServerResponse } from "node:http";
import { answerMetrics, METRICS_PATH } from "@/lib/server/answer-metrics";
import { answerWebhook, RESEND_WEBHOOK_PATH } from "@/lib/server/answer-webhook";

/** Answers what other programs ask with a secret of their own; false for every path that is no such one. */
export async function answerProgram(
  path: string | null,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  if (path === RESEND_WEBHOOK_PATH) await answerWebhook(req, res);
  else if (path === METRICS_PATH) await answerMetrics(req, res);
  else return false;
  return true;
}
