import {
  enhancedStatusOf,
  type FailureReason,
  failureReasonOf,
} from "@/lib/mail/rules/failure-reason";
import type { ReachedState } from "@/lib/mail/rules/mail-state";
import type { MarkCause } from "@/lib/mail/rules/mark-cause";

/** What Resend says happened to a mail, as far as it is read. */
export type ResendEvent = {
  type: string;
  /** Permanent, Transient or Undetermined; of a bounce. */
  bounceType: string | null;
  /** General, NoEmail, MailboxFull, …; of a bounce. */
  bounceSubType: string | null;
  /** The receiving server's words, or Resend's. */
  words: string | null;
};

/** What that means for the mail, and for its address. */
export type ResendMeaning = {
  state: ReachedState;
  reason: FailureReason | null;
  status: string | null;
  marks: MarkCause | null;
};

const plain = (state: ReachedState): ResendMeaning => ({
  state,
  reason: null,
  status: null,
  marks: null,
});

// As Amazon SES, which Resend sends through, names them.
const reasonBySubType: Record<string, FailureReason> = {
  NoEmail: "no-mailbox",
  MailboxFull: "full",
  MessageTooLarge: "contents",
  ContentRejected: "contents",
  AttachmentRejected: "contents",
};

const isSuppression = (subType: string | null) => /suppress/i.test(subType ?? "");

function bounced({ bounceType, bounceSubType, words }: ResendEvent): ResendMeaning {
  const status = enhancedStatusOf(words ?? "");
  if (isSuppression(bounceSubType)) {
    return { state: "suppressed", reason: "no-mailbox", status, marks: "suppressed" };
  }
  const said =
    reasonBySubType[bounceSubType ?? ""] ?? failureReasonOf({ status, words: words ?? "" });
  if (bounceType !== "Permanent") return { state: "refused", reason: said, status, marks: null };
  // A lasting bounce that says no more is of a mailbox that is not there; Resend sends nothing there again.
  const reason = said === "other" ? "no-mailbox" : said;
  const isOfAddress = reason !== "contents" && reason !== "full";
  return { state: "refused", reason, status, marks: isOfAddress ? "bounced" : null };
}

/**
 * What an event of Resend's means (https://resend.com/docs/webhooks/event-types).
 *
 * @returns null: nothing for a mail's way, as that it was opened
 */
export function judgeResendEvent(event: ResendEvent): ResendMeaning | null {
  switch (event.type) {
    case "email.sent":
      return plain("accepted");
    case "email.delivered":
      return plain("delivered");
    case "email.delivery_delayed":
      return { ...plain("delayed"), reason: "other", status: enhancedStatusOf(event.words ?? "") };
    case "email.bounced":
      return bounced(event);
    case "email.complained":
      return { state: "suppressed", reason: "complaint", status: null, marks: "complaint" };
    case "email.suppressed":
      return { state: "suppressed", reason: "no-mailbox", status: null, marks: "suppressed" };
    case "email.failed":
      return { ...plain("refused"), reason: "other" };
    default:
      return null;
  }
}
