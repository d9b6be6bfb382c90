import type { NewLink } from "@/lib/account/change-store";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";
import type { NewMail } from "@/lib/mail/outbox";

/** One thing that an account is notified of, at each of its addresses. */
export type Notice = Omit<NewMail, "accountId" | "recipient" | "notMeId"> & {
  accountId: string;
  recipients: string[];
  /** Makes the links "that was not me" of mails to some recipients; null: the mails have none. */
  links: NoticeLinks | null;
  at: Date;
};

/** What makes the links of a notice, and what each is about. */
export type NoticeLinks = {
  notifiedOf: NotifiedOf;
  /** In the order of the recipients. */
  make(recipients: string[]): NewLink[];
};
