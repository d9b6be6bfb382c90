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

/** What may keep mail from leaving although it may also work; each a sentence that begins with its variable. */
export function mailWarningsOf(settings: {
  emailTransports: readonly string[];
  emailFrom: string;
  resendApiKey: string | undefined;
  resendBaseUrl: string | undefined;
  smtpUrl: string | undefined;
  canary: object | null;
}): string[] {
  const { emailTransports, emailFrom, resendApiKey, resendBaseUrl, smtpUrl, canary } = settings;
  const warnings: string[] = [];
  if (emailTransports.includes("mailbox")) {
    const unused = resendApiKey ? "RESEND_API_KEY" : smtpUrl ? "SMTP_URL" : null;
    if (unused)
      warnings.push(
        `${unused} is set and not used: EMAIL_TRANSPORT is mailbox, so no mail leaves.`,
      );
    if (canary !== null)
      warnings.push(
        "CANARY_EMAIL is set and EMAIL_TRANSPORT is mailbox: no mail leaves, so that each sign-in of the canary fails, which the pages then say.",
      );
    return warnings;
  }
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
