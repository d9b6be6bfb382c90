import { type Fate, type Judgement, withoutAddresses } from "@/lib/mail/rules/refusal";

/** Resend's refusal, as its SDK gives it; `retryAfter` in seconds, 0 where it named none. */
export type ResendAnswer = {
  status: number | null;
  name: string;
  message: string;
  retryAfter: number;
};

const ofRecipient = /`to`|['"]to['"]|\bto (field|address)|\brecipients?\b/i;
const ofSender =
  /`from`|['"]from['"]|\bfrom (field|address)|\bsender|not verified|verify a domain/i;

/**
 * What Resend's refusal means. Final is only what it says of the field `to`; a key, a sender or a domain
 * is the operator's to mend (https://resend.com/docs/api-reference/errors).
 */
export function judgeResendAnswer({ status, name, message, retryAfter }: ResendAnswer): Judgement {
  if (status === 429 || (status === 503 && retryAfter > 0)) {
    return { meaning: "throttled", isOfRecipient: false };
  }
  const words = withoutAddresses(message);
  const isFinal =
    (status === 422 || status === 400) &&
    (name === "validation_error" || name === "invalid_parameter") &&
    ofRecipient.test(words) &&
    !ofSender.test(words);
  return { meaning: isFinal ? "final" : "again", isOfRecipient: isFinal };
}

/**
 * Whether the mail was taken before: its key is known with other contents, as a template or EMAIL_FROM
 * changed since the try whose answer was lost. Only a mail that was taken makes a key known.
 */
export const wasTakenBefore = ({ status, name }: Pick<ResendAnswer, "status" | "name">): boolean =>
  status === 409 && name === "invalid_idempotent_request";

/**
 * What became of a mail by Resend's answer. That the same mail is being worked on, that Resend failed in the
 * middle of whatever it did, and what a proxy before it answers in words of its own, say nothing of that.
 * Resend does not say that a mail was not taken where it answers 500.
 */
export function fateByResendAnswer({ status, name }: Pick<ResendAnswer, "status" | "name">): Fate {
  if (status === null || name === "concurrent_idempotent_requests") return "unknown";
  return status >= 500 && status !== 503 ? "unknown" : "not-taken";
}
