import type { ChangeSource } from "@/lib/mail/rules/change-source";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";
import type { ReachedState } from "@/lib/mail/rules/mail-state";
import type { MarkCause } from "@/lib/mail/rules/mark-cause";

/** What somebody outside says became of a mail. */
export type DeliveryReport = {
  /** By which the same report is known when it comes again; null: it is asked for, and says what is so now. */
  id: string | null;
  /** The mail's id, where the report says it, or the provider's name for it. */
  mail: { id: string; providerId?: string } | { providerId: string };
  /** The mail that stands for one that was not sent, and goes this one's way. */
  standIn?: string;
  state: ReachedState;
  /** When it happened, by the reporter's clock; of what was asked for, when that was. */
  at: Date;
  source: ChangeSource;
  /** The transport that the mail left by. */
  channel: string;
  /** Of a delay or a refusal. */
  reason: FailureReason | null;
  /** The enhanced status code (RFC 3463). */
  status: string | null;
  /** The receiving server's words. */
  words: string | null;
  /**
   * Why nothing more is sent to the recipient until somebody lifts it; null: they can be written to.
   */
  marks: MarkCause | null;
};
