import { Resend } from "resend";
import { z } from "zod";
import type { DeliveryReport } from "@/lib/mail/fate/report";
import { firstWords } from "@/lib/mail/rules/refusal";
import { judgeResendEvent } from "@/lib/mail/rules/resend-event";
import { MAIL_TAG } from "@/lib/mail/transports/resend";
import { isId } from "@/lib/typed/is-id";

/** A webhook's headers that its signature is made of. */
export type WebhookHeaders = { id: string; timestamp: string; signature: string };

/**
 * What a webhook of Resend's says: a report about a mail, or nothing that matters here; or it is not
 * Resend's, or older than five minutes.
 */
export type ResendWebhook =
  | { kind: "report"; report: DeliveryReport }
  | { kind: "nothing" }
  | { kind: "not-signed" };

// Of a receiving server's words, which may be as long as that likes, the first are read.
const text = z.string().transform(firstWords);
const eventSchema = z.object({
  type: text,
  created_at: z.iso.datetime({ offset: true }),
  data: z.object({
    email_id: text,
    tags: z.record(z.string(), z.unknown()).optional().catch(undefined),
    bounce: z
      .object({ type: text, subType: text, message: text })
      .partial()
      .optional()
      .catch(undefined),
    failed: z.object({ reason: text }).partial().optional().catch(undefined),
    suppressed: z.object({ message: text }).partial().optional().catch(undefined),
  }),
});

// Verifying asks nobody, and so needs no key of the API; the client wants one to be made.
const { webhooks } = new Resend("re_of_nobody");

/** Reads a webhook, whose body must be as it was sent: the signature is of its bytes. */
export function readResendWebhook(
  body: string,
  { headers, secret }: { headers: WebhookHeaders; secret: string },
): ResendWebhook {
  let sent: unknown;
  try {
    sent = webhooks.verify({ payload: body, headers, webhookSecret: secret });
  } catch (error) {
    // Its signature was right, and what is signed no JSON.
    return { kind: error instanceof SyntaxError ? "nothing" : "not-signed" };
  }
  const read = eventSchema.safeParse(sent);
  if (!read.success) return { kind: "nothing" };
  const { type, created_at: at, data } = read.data;
  const words = data.bounce?.message ?? data.failed?.reason ?? data.suppressed?.message ?? null;
  const { type: bounceType = null, subType: bounceSubType = null } = data.bounce ?? {};
  const meaning = judgeResendEvent({ type, bounceType, bounceSubType, words });
  if (meaning === null) return { kind: "nothing" };
  const tagged = data.tags?.[MAIL_TAG];
  const mail =
    typeof tagged === "string" && isId(tagged)
      ? { id: tagged, providerId: data.email_id }
      : { providerId: data.email_id };
  return {
    kind: "report",
    report: {
      ...meaning,
      id: `resend:${headers.id}`,
      mail,
      at: new Date(at),
      source: "webhook",
      channel: "resend",
      words,
    },
  };
}
