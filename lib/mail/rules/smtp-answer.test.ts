import { expect, test } from "vitest";
import { withoutAddresses } from "@/lib/mail/rules/refusal";
import { judgeSmtpAnswer } from "@/lib/mail/rules/smtp-answer";

const judge = (command: string, response: string) => {
  const { meaning, isOfRecipient } = judgeSmtpAnswer({
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });
  return `${meaning}${isOfRecipient ? " here" : ""}`;
};

// At RCPT TO, as the servers named say it.
test.each([
  [
    "Postfix",
    "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in table",
    "final here",
  ],
  ["Postfix", "550 5.1.1 <authenticity@b.example>: Recipient address rejected", "final here"],
  ["Postfix", "550 5.1.1 <sender@b.example>: Recipient address rejected", "final here"],
  ["Postfix", "550 5.1.1 <a@relay.example>: no such user, relay told us so", "final here"],
  ["Postfix", "550 <relay-sender@b.example>: User unknown", "final here"],
  ["Postfix", "554 5.7.1 <a@b.example>: Relay access denied", "again"],
  ["Postfix", "554 Relay access denied", "again"],
  [
    "Postfix",
    "554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using zen.spamhaus.org",
    "again",
  ],
  ["Postfix", "550 Client host [1.2.3.4] blocked using bl.spamcop.net", "again"],
  ["Postfix", "553 5.1.8 <me@host.example>: Sender address rejected: Domain not found", "again"],
  ["Postfix", "550 5.1.0 <me@host.example>: Sender address rejected: User unknown", "again"],
  ["Postfix", "553 5.7.1 <me@host.example>: Sender address rejected: not owned by user", "again"],
  ["Postfix", "450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted", "again here"],
  [
    "Postfix",
    "450 4.1.2 <a@b.example>: Recipient address rejected: Domain not found",
    "again here",
  ],
  ["Postfix", "451 4.7.1 Error: too much mail from 1.2.3.4", "throttled"],
  ["Postfix", "552 5.2.2 <a@b.example>: Quota exceeded (mailbox for user is full)", "final here"],
  ["Postfix", "556 5.1.10 <a@b.example>: Domain does not accept mail (nullMX)", "final here"],
  ["Postfix", "521 5.7.1 Service unavailable", "again"],
  ["any", "521 Server does not accept mail", "again"],
  ["Exim", "550 Unrouteable address", "final here"],
  ["Exim", "550 No such user here", "final here"],
  ["Exim", "550 relay not permitted", "again"],
  ["Exim", "550-Verification failed for <me@host.example>\n550 Sender verify failed", "again"],
  ["Exim", "550 Message rate exceeded", "again"],
  ["Exim", "550 too many messages from you this hour", "again"],
  ["Exim", "451 Temporary local problem - please try later", "again here"],
  [
    "Gmail",
    "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 gsmtp",
    "final here",
  ],
  ["Gmail", "550 5.2.1 The email account that you tried to reach is disabled.", "final here"],
  ["Gmail", "552 5.2.2 The recipient's inbox is out of storage space.", "final here"],
  [
    "Gmail",
    "450 4.2.1 The user you are trying to contact is receiving mail at a rate limit",
    "again here",
  ],
  ["Gmail", "550 5.4.5 Daily user sending limit exceeded.", "again"],
  [
    "Gmail",
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
    "again",
  ],
  ["Gmail", "421 4.7.28 Our system has detected an unusual rate of mail from you.", "throttled"],
  ["Gmail", "550 5.7.1 Daily SMTP relay limit exceeded for customer.", "again"],
  ["Exchange", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", "final here"],
  ["Exchange", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "final here"],
  ["Exchange", "550 5.7.124 RESOLVER.RST.SenderNotInAllowedSenders", "final here"],
  ["Exchange", "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; sender", "final here"],
  ["Exchange", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", "final here"],
  ["Exchange", "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox", "final here"],
  ["Exchange", "550 5.7.136 RESOLVER.RST.SenderNotAuthenticatedForMailUser", "final here"],
  ["Exchange", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "again"],
  ["Exchange", "554 5.2.252 SendAsDenied; not allowed to send as", "again"],
  ["Exchange", "550 5.7.64 TenantAttribution; Relay Access Denied", "again"],
  ["Exchange", "550 5.7.606 Access denied, banned sending IP [1.2.3.4]", "again"],
  [
    "Outlook",
    "550 5.7.1 Unfortunately, messages from [1.2.3.4] weren't sent: our block list (S3150)",
    "again",
  ],
  ["Outlook", "550 5.5.0 Requested action not taken: mailbox unavailable", "final here"],
  [
    "Outlook",
    "451 4.7.651 The mail server [1.2.3.4] has been temporarily rate limited",
    "throttled",
  ],
  [
    "Yahoo",
    "554 delivery error: dd This user doesn't have a yahoo.com account (a@b.example) [0]",
    "final here",
  ],
  ["Yahoo", "552 1 Requested mail action aborted, mailbox not found", "final here"],
  ["Yahoo", "553 5.7.1 [BL21] Connections not accepted: the ip is in Spamhaus's list", "again"],
  ["Yahoo", "554 5.7.9 Message not accepted for policy reasons", "again"],
  ["Yahoo", "421 4.7.0 [TSS04] Messages temporarily deferred due to user complaints", "throttled"],
  ["RFC 7293", "550 5.7.17 Mailbox owner has changed", "final here"],
  ["RFC 7293", "550 5.7.18 Domain owner has changed", "final here"],
  ["any", "452 4.2.2 Mailbox full", "again here"],
  ["any", "551 Not here", "final here"],
  ["any", "553 Not a mailbox name", "final here"],
  ["any", "550 5.7.1 Delivery not authorized", "again"],
] as const)("%s, to the recipient: %s → %s", (_server, response, expected) => {
  expect(judge("RCPT TO", response)).toBe(expected);
});

test.each([
  ["DATA", "554 Message rejected: Email address is not verified. a@b.example", "again"],
  ["DATA", "554 Message rejected: Sending suspended for this account.", "again"],
  ["DATA", "454 Throttling failure: Maximum sending rate exceeded.", "throttled"],
  ["DATA", "454 Throttling failure: Daily message quota exceeded.", "throttled"],
  ["DATA", "554 5.6.0 Contents not taken", "final here"],
  ["DATA", "552 5.3.4 Message size exceeds the limit", "final here"],
  ["DATA", "554 Not taken", "final here"],
  ["MAIL FROM", "550 5.1.1 No such mailbox", "again"],
  ["MAIL FROM", "451 4.4.5 Rate limit reached", "throttled"],
  ["MAIL FROM", "450 4.2.0 Later", "again"],
  ["AUTH PLAIN", "535 5.7.8 Authentication failed", "again"],
  ["AUTH PLAIN", "454 4.7.0 Too many login attempts", "throttled"],
  ["CONN", "554 5.7.1 No service", "again"],
] as const)("at %s: %s → %s", (command, response, expected) => {
  expect(judge(command, response)).toBe(expected);
});

test("no answer is no judgement of anybody", () => {
  expect(judgeSmtpAnswer({})).toEqual({ meaning: "again", isOfRecipient: false });
});

test("addresses are cut out wherever they stand", () => {
  expect(
    withoutAddresses("550 <sender@a.example>: no (relay@b.example) `key@c.example`"),
  ).not.toMatch(/sender|relay|key/);
});
