import { type CreateEmailOptions, type ErrorResponse, Resend } from "resend";
import type { BatchTransport } from "@/lib/mail/batch";
import {
  fateByResendAnswer,
  judgeResendAnswer,
  wasTakenBefore,
} from "@/lib/mail/rules/resend-answer";
import { formatSender, parseSender } from "@/lib/mail/sender";
import { watchRequest } from "@/lib/mail/transports/requests";
import { retryAfterSeconds } from "@/lib/mail/transports/retry-after";
import {
  checkMessage,
  headersOf,
  type MailMessage,
  MailRefused,
  orAborted,
  type Sent,
  type Transport,
} from "@/lib/mail/transports/transport";

/** The tag that each mail has at Resend: its id here. */
export const MAIL_TAG = "mail";

// Without a status there was no answer, or half of one.
function refusalOf(
  answer: ErrorResponse,
  headers: Record<string, string> | null,
  hasLeft: boolean,
) {
  const { statusCode: status, name, message: why } = answer;
  const retryAfter = retryAfterSeconds(headers?.["retry-after"]);
  const refusal = { status, name, message: why, retryAfter };
  if (wasTakenBefore(refusal)) return null;
  return new MailRefused(`Resend answered ${status ?? "nothing"} (${name}): ${why}`, {
    ...judgeResendAnswer(refusal),
    channel: "resend",
    retryAfterSeconds: retryAfter,
    fate: hasLeft ? fateByResendAnswer(refusal) : "not-taken",
  });
}

const unsure = (words: string) => new MailRefused(words, { channel: "resend", fate: "unknown" });

const payloadOf = (message: MailMessage): CreateEmailOptions => ({
  from: formatSender(parseSender(message.from)),
  to: [message.to],
  subject: message.subject,
  html: message.html,
  text: message.text,
  headers: headersOf(message),
  // By which a webhook names the mail, also where the answer to this was lost.
  tags: [{ name: MAIL_TAG, value: message.id }],
});

/**
 * Hands mails that were checked to Resend in one request, at most a hundred. One that it refuses there does not keep the others
 * back, and is to be handed over alone.
 */
export function resendBatchTransport(apiKey: string): BatchTransport {
  const resend = new Resend(apiKey);
  return async (messages, { key, signal }) => {
    const request = watchRequest(key);
    try {
      const options = { idempotencyKey: key, signal, batchValidation: "permissive" } as const;
      const answer = await orAborted(
        resend.batch.send(messages.map(payloadOf), options),
        signal,
        () => unsure("no answer in time"),
      );
      if (answer.error) {
        const refused = refusalOf(answer.error, answer.headers, request.mayHaveLeft());
        throw refused ?? unsure("Resend took these mails before");
      }
      return eachOf(messages, answer.data);
    } finally {
      request.end();
    }
  };
}

type BatchData = { data?: { id?: string }[]; errors?: { index: number; message: string }[] };

/** The answers by mail: those without an error have the ids, in their order. */
function eachOf(messages: MailMessage[], { data = [], errors = [] }: BatchData) {
  const refused = new Map(errors.map(({ index, message }) => [index, message]));
  if (data.length + refused.size !== messages.length)
    throw unsure("Resend answered for other mails");
  let next = 0;
  return messages.map((_, index): Sent | MailRefused => {
    const why = refused.get(index);
    if (why !== undefined) return new MailRefused(`Resend refused it in a batch: ${why}`, ofOne);
    const id = data[next++]?.id;
    return id ? { channel: "resend", providerId: id } : unsure("Resend answered without an id");
  });
}

const ofOne = { channel: "resend", isOfRecipient: true } as const;

/**
 * Sends through Resend. The mail's id is the Idempotency-Key, so a repeated try is sent once. The
 * SDK reads RESEND_BASE_URL itself, and answers `{ error }` where others throw.
 */
export function resendTransport(apiKey: string): Transport {
  const resend = new Resend(apiKey);
  return async (message, signal) => {
    checkMessage(message);
    const request = watchRequest(message.id);
    try {
      const answer = await orAborted(
        resend.emails.send(payloadOf(message), { idempotencyKey: message.id, signal }),
        signal,
        () =>
          new MailRefused("no answer in time", {
            channel: "resend",
            fate: request.mayHaveLeft() ? "unknown" : "not-taken",
          }),
      );
      if (answer.error) {
        const refused = refusalOf(answer.error, answer.headers, request.mayHaveLeft());
        if (refused !== null) throw refused;
        return { channel: "resend", providerId: null };
      }
      // Also of an answer that calls itself a success and is none.
      if (!answer.data?.id) throw unsure("Resend answered without an id");
      return { channel: "resend", providerId: answer.data.id };
    } finally {
      request.end();
    }
  };
}
