import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { currentRequest } from "@/lib/log/request-context";
import { type ResendWebhook, readResendWebhook } from "@/lib/mail/fate/read-resend-webhook";
import { takeReport } from "@/lib/mail/fate/take-report";
import { announcesTooMuch, type BodyLimit, collectBody, takeSlot } from "@/lib/server/gate/body";
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

type Refused =
  | { kind: "gone" }
  | { kind: "refused"; status: number; words: string; headers?: object };

const tooLarge: Refused = {
  kind: "refused",
  status: 413,
  words: "The body is larger than 256 KiB.",
};
const tooSlow: Refused = { kind: "refused", status: 408, words: "The body took too long." };
// Resend sends it again, as whatever is not answered with 200.
const noRoom: Refused = {
  ...{ kind: "refused", status: 503, words: "Too many large bodies are being read." },
  headers: { "Retry-After": "10" },
};

/** Reads a webhook and lets go of its body. Who sent it shows once it was read: until then, anybody may have. */
async function readWebhook(req: IncomingMessage, secret: string): Promise<ResendWebhook | Refused> {
  let giveBack: (() => void) | null | undefined;
  const takeRoom = () => {
    giveBack = takeSlot(webhookBody, currentRequest()?.clientIp ?? null);
    return giveBack !== null;
  };
  try {
    const collected = await collectBody(req, webhookBody, takeRoom);
    if (collected.outcome === "broken") return { kind: "gone" };
    if (collected.outcome === "too-slow") return tooSlow;
    if (collected.outcome === "too-large") return giveBack === null ? noRoom : tooLarge;
    const headers = {
      id: one(req.headers["svix-id"] ?? req.headers["webhook-id"]),
      timestamp: one(req.headers["svix-timestamp"] ?? req.headers["webhook-timestamp"]),
      signature: one(req.headers["svix-signature"] ?? req.headers["webhook-signature"]),
    };
    return readResendWebhook(collected.body.toString("utf8"), { headers, secret });
  } finally {
    giveBack?.();
  }
}

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
  const read = await readWebhook(req, secret);
  switch (read.kind) {
    case "gone":
      return;
    case "refused":
      return refuse(read.status, read.words, read.headers);
    case "not-signed":
      log.warn(
        "A webhook was refused: its signature is not right, or it is older than five minutes.",
      );
      return answer(res, 401, "The signature is not right.");
    case "nothing":
      return answer(res, 200, "nothing");
    case "report":
      return answer(res, 200, await inLane(() => takeReport(read.report)));
  }
}
