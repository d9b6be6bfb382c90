import { Resend } from "resend";
import { formatSender, parseSender } from "@/lib/mail/sender";
import {
  checkMessage,
  MailRefused,
  mailHeaders,
  orAborted,
  type Refusal,
  type Transport,
} from "@/lib/mail/transports/transport";

// Seconds or a date, as RFC 9110, section 10.2.3 allows.
function retryAfterSeconds(header: string | undefined): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/**
 * What Resend's refusal means. Final is only what it says of the recipient; a key, a sender or a domain
 * is the operator's to mend (https://resend.com/docs/api-reference/errors).
 */
function meaningOf(status: number | null, why: string, retryAfter: number): Refusal {
  if (status === 429 || (status === 503 && retryAfter > 0)) return "throttled";
  const isOperators = /from|sender|domain|key|your own/i.test(why);
  const isRecipients = /recipient|`to`|\bto\b (field|address)|to address/i.test(why);
  return (status === 422 || status === 400) && isRecipients && !isOperators ? "final" : "again";
}

/**
 * Sends through Resend. The mail's id is the Idempotency-Key, so a repeated try is sent once. The
 * SDK reads RESEND_BASE_URL itself, and answers `{ error }` where others throw.
 */
export function resendTransport(apiKey: string): Transport {
  const resend = new Resend(apiKey);
  return async (message, signal) => {
    checkMessage(message);
    const answer = await orAborted(
      resend.emails.send(
        {
          from: formatSender(parseSender(message.from)),
          to: [message.to],
          subject: message.subject,
          html: message.html,
          text: message.text,
          headers: mailHeaders,
        },
        { idempotencyKey: message.id, signal },
      ),
      signal,
    );
    if (answer.error) {
      const { statusCode, name, message: why } = answer.error;
      const retryAfter = retryAfterSeconds(answer.headers?.["retry-after"]);
      throw new MailRefused(`Resend answered ${statusCode ?? "nothing"} (${name}): ${why}`, {
        meaning: meaningOf(statusCode, why, retryAfter),
        retryAfterSeconds: retryAfter,
      });
    }
    if (!answer.data?.id) throw new MailRefused("Resend answered without an id");
    return { providerId: answer.data.id };
  };
}
