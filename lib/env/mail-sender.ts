import { isIP } from "node:net";

/** What EMAIL_FROM must be. */
export const senderExpected = "a sender such as Example Hosting <no-reply@example.com>";

// RFC 2606 and RFC 6761: names that nobody can own, so no mail service lets one send for them.
const reserved = /(^|\.)(test|example|invalid|localhost|local|internal|example\.(com|net|org))$/;

const domainOf = (sender: string) => (/@([^@<>]+)>?$/.exec(sender)?.[1] ?? "").toLowerCase();

/** Whether a domain is none of the public internet: one word, or an address instead of a name. */
const isUnqualified = (domain: string) => !domain.includes(".") || isIP(domain) > 0;

/**
 * What is wrong with the sender of real mail, so that none could ever leave; null where one may.
 *
 * @param ownResend RESEND_BASE_URL: whoever answers there may take any sender
 * @param isOpen whether others than this machine reach the installation; a rehearsal on one machine, with
 *   a mail server of its own, keeps the default (contract, "Settings")
 * @returns what EMAIL_FROM must be and why, without a full stop
 */
export function senderFault(given: {
  transport: string;
  emailFrom: string | undefined;
  ownResend: string | undefined;
  isOpen: boolean;
}): string | null {
  const { transport, emailFrom, ownResend, isOpen } = given;
  const isResendItself = transport.includes("resend") && ownResend === undefined;
  if (emailFrom === undefined) {
    if (!isOpen && !isResendItself) return null;
    return `${senderExpected}, because EMAIL_TRANSPORT is ${transport}, and no mail service sends for no-reply@localhost`;
  }
  if (isResendItself && isUnqualified(domainOf(emailFrom))) {
    return `${senderExpected}, with a domain that you verified at Resend, which takes no other`;
  }
  return null;
}

/** The settings of mail, as far as they may not fit each other. */
export type MailSettings = {
  emailTransports: readonly string[];
  emailFrom: string;
  resendApiKey: string | undefined;
  resendBaseUrl: string | undefined;
  resendWebhookSecret: string | undefined;
  smtpUrl: string | undefined;
  smtpBounces: object | undefined;
  canary: object | null;
};

/** What is set for a way out by which no mail leaves. */
function unusedSettings(settings: MailSettings): string[] {
  const { emailTransports, resendApiKey, resendWebhookSecret, smtpUrl, smtpBounces } = settings;
  const transport = emailTransports.join(",");
  const keepsMail = emailTransports.includes("mailbox");
  const isUnused = (way: string, setting: unknown) =>
    setting !== undefined && !emailTransports.includes(way);
  const consequence = keepsMail
    ? "so no mail leaves"
    : "and for a second way out it would be resend,smtp or smtp,resend";
  const without = (name: string) =>
    `${name} is set and not used: EMAIL_TRANSPORT is ${transport}, ${consequence}.`;
  const warnings: string[] = [];
  if (isUnused("resend", resendApiKey)) warnings.push(without("RESEND_API_KEY"));
  if (isUnused("smtp", smtpUrl)) warnings.push(without("SMTP_URL"));
  if (isUnused("resend", resendWebhookSecret))
    warnings.push(
      `RESEND_WEBHOOK_SECRET is set and EMAIL_TRANSPORT is ${transport}: no mail leaves by Resend, so there is nothing that its webhook could report.`,
    );
  if (isUnused("smtp", smtpBounces))
    warnings.push(
      `SMTP_BOUNCES is set and EMAIL_TRANSPORT is ${transport}: no mail leaves by SMTP, so none comes back there, and what cannot be read there is an alarm for nothing. After a change it is of use for five days.`,
    );
  if (keepsMail && settings.canary !== null)
    warnings.push(
      "CANARY_EMAIL is set and EMAIL_TRANSPORT is mailbox: no mail leaves, so that each sign-in of the canary fails, which the pages then say.",
    );
  return warnings;
}

/** What may keep mail from leaving although it may also work; each a sentence that begins with its variable. */
export function mailWarningsOf(settings: MailSettings): string[] {
  const { emailTransports, emailFrom, resendApiKey, resendBaseUrl } = settings;
  const warnings = unusedSettings(settings);
  if (emailTransports.includes("mailbox")) return warnings;
  const domain = domainOf(emailFrom);
  if (isUnqualified(domain) || reserved.test(domain))
    warnings.push(
      `EMAIL_FROM has the domain ${domain}, which is nobody's on the internet: most mail services will not send for it, or not take what comes from it.`,
    );
  if (
    emailTransports.includes("resend") &&
    !resendBaseUrl &&
    !/^re_(?!x+$)/.test(resendApiKey ?? "")
  )
    warnings.push(
      "RESEND_API_KEY does not look like one of Resend, which begin with re_: mail may be refused.",
    );
  return warnings;
}
