import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { readResendWebhook } from "@/lib/mail/fate/read-resend-webhook";
import { takeReport } from "@/lib/mail/fate/take-report";
import { announcesTooMuch, type BodyLimit, collectBody } from "@/lib/server/gate/body";
import { lanes } from "@/lib/server/lanes";

/** Where Resend reports what became of mails. */
export const RESEND_WEBHOOK_PATH = "/api/webhooks/resend";

const webhookBody: BodyLimit = { bytes: 256 * 1024, seconds: 30 };

// Ten thousand at once wait for each other, not sign-ins for them.
const inLane = lanes(2);

function answer(res: ServerResponse, status: number, words: string, headers = {}): void {
  const body = JSON.stringify(status < 400 ? { status: words } : { error: words });
  res.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    ...headers,
  });
  res.end(body);
}

const one = (header: string | string[] | undefined): string => [header].flat()[0] ?? "";

/** Answers a webhook of Resend's: 200 once it is noted, known or not; it comes again after anything else. */
export async function answerWebhook(req: IncomingMessage, res: ServerResponse): Promise<void> {
  // What is left unread of a body would be taken for the next request.
  const refuse = (status: number, words: string, headers = {}) =>
    answer(res, status, words, { Connection: "close", ...headers });
  const { resendWebhookSecret: secret } = env();
  if (secret === undefined) return refuse(404, "There is no such address.");
  if (req.method !== "POST") return refuse(405, "Only POST is served here.", { Allow: "POST" });
  if (req.headers.expect !== undefined && !announcesTooMuch(req, webhookBody.bytes)) {
    res.writeContinue();
  }
  const collected = await collectBody(req, webhookBody);
  switch (collected.outcome) {
    case "broken":
      return;
    case "too-large":
      return refuse(413, "The body is larger than 256 KiB.");
    case "too-slow":
      return refuse(408, "The body took too long.");
    case "whole": {
      const headers = {
        id: one(req.headers["svix-id"] ?? req.headers["webhook-id"]),
        timestamp: one(req.headers["svix-timestamp"] ?? req.headers["webhook-timestamp"]),
        signature: one(req.headers["svix-signature"] ?? req.headers["webhook-signature"]),
      };
      const read = readResendWebhook(collected.body.toString("utf8"), { headers, secret });
      if (read.kind === "not-signed") {
        log.warn(
          "A webhook was refused: its signature is not right, or it is older than five minutes.",
        );
        return answer(res, 401, "The signature is not right.");
      }
      const outcome =
        read.kind === "nothing" ? "nothing" : await inLane(() => takeReport(read.report));
      return answer(res, 200, outcome);
    }
  }
}
