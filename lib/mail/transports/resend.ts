import { Resend } from "resend";
import { judgeResendAnswer, wasTakenBefore } from "@/lib/mail/rules/resend-answer";
import { formatSender, parseSender } from "@/lib/mail/sender";
import {
  checkMessage,
  headersOf,
  MailRefused,
  orAborted,
  type Transport,
} from "@/lib/mail/transports/transport";

/** The tag that each mail has at Resend: its id here. */
export const MAIL_TAG = "mail";

// Seconds or a date, as RFC 9110, section 10.2.3 allows.
function retryAfterSeconds(header: string | undefined): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1000));
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
          headers: headersOf(message),
          // By which a webhook names the mail, also where the answer to this was lost.
          tags: [{ name: MAIL_TAG, value: message.id }],
        },
        { idempotencyKey: message.id, signal },
      ),
      signal,
    );
    if (answer.error) {
      const { statusCode, name, message: why } = answer.error;
      const retryAfter = retryAfterSeconds(answer.headers?.["retry-after"]);
      const refusal = { status: statusCode, name, message: why, retryAfter };
      if (wasTakenBefore(refusal)) return { channel: "resend", providerId: null };
      throw new MailRefused(`Resend answered ${statusCode ?? "nothing"} (${name}): ${why}`, {
        ...judgeResendAnswer(refusal),
        channel: "resend",
        retryAfterSeconds: retryAfter,
      });
    }
    if (!answer.data?.id) throw new MailRefused("Resend answered without an id");
    return { channel: "resend", providerId: answer.data.id };
  };
}
