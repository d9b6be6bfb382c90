import { type Judgement, withoutAddresses } from "@/lib/mail/rules/refusal";

/** A server's answer, as nodemailer hands it on; the command is `RCPT TO`, `DATA`, `MAIL FROM`, … */
export type SmtpAnswer = { responseCode?: number; command?: string; response?: string };

// RFC 5321, section 4.2.3, and 556 of RFC 7504. 521 refuses the client, not the recipient.
const finalCodes = new Set([550, 551, 552, 553, 554, 556]);

// What a server that had too much says beside 421 (RFC 5321); a greylist asks only for this mail's patience.
const hadTooMuch = /too (many|much|fast)|rate.?limit|(rate|limit|quota) (was )?exceeded|throttl/i;

// RFC 3463 and the IANA registry: no such mailbox, domain or name, moved, null MX; not the sender's 7 to 9.
const noSuchRecipient = /^5\.1\.([1-6]|10)$/;
// Disabled, full, too long. From 100 on they are Exchange's own, and 252 says that we may not send as this.
const mailboxStatus = /^[45]\.2\.\d\d?$/;
// Exchange: only some may write to it. RFC 7293: mailbox or domain has another owner now.
const recipientsPolicy = /^5\.7\.(124|129|13[3-6]|17|18)$/;
// Too long for the system, and contents of 5.6.
const ofTheMail = /^5\.(3\.4|6\.\d+)$/;
// 5.4.5 is Gmail's daily limit, 5.7 policy: a relay that is not open to us, a sender it does not know.
const operatorsStatus = /^5\.(1\.[789]|4\.5|7\.\d+)$/;

const operatorsWords = new RegExp(
  [
    "relay(ing)?\\b|authenti|\\bauth\\b|sender|not verified|suspended|sending (paused|quota|limit|rate)",
    "block(ed|ing)?\\b|block.?list|black.?list|spam|\\b(dns|r)bl\\b|reputation|\\blisted\\b|banned|\\bpolicy\\b",
    "client host|\\bip\\b|\\bspf\\b|\\bdkim\\b|\\bdmarc\\b|reverse dns|\\bptr\\b|\\bhelo\\b",
    "(daily|hourly|rate|message) (limit|quota)|send ?as ?denied",
    hadTooMuch.source,
  ].join("|"),
  "i",
);
const overQuota = /(over|mailbox|storage|user).{0,20}quota|quota.{0,20}(mailbox|storage|user)/i;

/**
 * What a server's refusal means: final is only a lasting one of the recipient or of the mail itself. An
 * enhanced status goes before words.
 */
export function judgeSmtpAnswer({ responseCode = 0, ...answer }: SmtpAnswer): Judgement {
  const { command, response = "" } = answer;
  const status = /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? "";
  const words = withoutAddresses(response);
  const isOfMail = command === "RCPT TO" || command === "DATA";
  const again = (isOfRecipient: boolean) => ({ meaning: "again", isOfRecipient }) as const;
  if (responseCode === 421) return { meaning: "throttled", isOfRecipient: false };
  if (!isOfMail || responseCode < 500) {
    // A mailbox that takes no more for now keeps no other from its mail.
    if (isOfMail && mailboxStatus.test(status)) return again(true);
    const isTooMuch = responseCode >= 400 && responseCode < 500 && hadTooMuch.test(words);
    if (isTooMuch) return { meaning: "throttled", isOfRecipient: false };
    return again(isOfMail && responseCode >= 400 && !operatorsWords.test(words));
  }
  if (!finalCodes.has(responseCode)) return again(false);
  const isFinal =
    [noSuchRecipient, mailboxStatus, recipientsPolicy, ofTheMail].some((one) => one.test(status)) ||
    (!operatorsStatus.test(status) && (overQuota.test(words) || !operatorsWords.test(words)));
  return isFinal ? { meaning: "final", isOfRecipient: true } : again(false);
}
