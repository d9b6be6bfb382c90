import { returnAddressOf } from "@/lib/mail/fate/return-address";

/** Where mail of tests comes back to. */
export const returnsTo = "bounces@returns.example";

/** What a report says, and where it goes; what is not given is of a mailbox that is not there. */
export type ReturnParts = {
  mailId: string;
  recipient: string;
  to?: string;
  action?: string;
  status?: string;
  diagnostic?: string;
  envelopeId?: string;
  /** Of the part that holds the report; null: there is none. */
  type?: string | null;
  contentType?: string;
  /** Further recipients, each as the lines of its group. */
  more?: string[];
};

/** A mail as postfix sends it back (RFC 3464). */
export function returnedMail(parts: ReturnParts): string {
  const {
    mailId,
    recipient,
    to = returnAddressOf(mailId, returnsTo),
    action = "failed",
    status = "5.1.1",
    diagnostic = `smtp; 550 5.1.1 <${recipient}>: Recipient address rejected: User unknown`,
    envelopeId,
    type = "message/delivery-status",
    contentType = "multipart/report; report-type=delivery-status",
    more = [],
  } = parts;
  const report = [
    `--parts\nContent-Description: Delivery report\nContent-Type: ${type}\n`,
    "Reporting-MTA: dns; relay.example",
    ...(envelopeId === undefined ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
    "X-Postfix-Queue-ID: 4D2B81C0\n",
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: ${diagnostic}\n`,
    ...more.map((group) => `${group}\n`),
  ];
  return [
    "Return-Path: <>",
    `Delivered-To: ${to}`,
    `Date: ${new Date().toUTCString()}`,
    "From: MAILER-DAEMON@relay.example (Mail Delivery System)",
    "Subject: Undelivered Mail Returned to Sender",
    `To: ${to}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: ${contentType};\n\tboundary="parts"\n`,
    "--parts\nContent-Type: text/plain\n\nThis is the mail system at host relay.example.\n",
    ...(type === null ? [] : report),
    "--parts\nContent-Type: text/rfc822-headers\n\nSubject: A code\n",
    "--parts--\n",
  ]
    .join("\n")
    .replaceAll("\n", "\r\n");
}
