import { createTransport } from "nodemailer";
import { parseSender } from "@/lib/mail/sender";
import {
  checkMessage,
  MailRefused,
  mailHeaders,
  orAborted,
  type Refusal,
  type Transport,
} from "@/lib/mail/transports/transport";

const STEP_TIMEOUT_MS = 8_000;

// nodemailer's words name host and answer, never the password.
function reasonOf(error: unknown): string {
  const { responseCode, response } = error as { responseCode?: number; response?: string };
  if (responseCode !== undefined) return `the SMTP server answered ${response ?? responseCode}`;
  return `the SMTP server could not be used: ${error instanceof Error ? error.message : "unknown"}`;
}

// What a server that had too much says beside 421 (RFC 5321); a greylist asks only for this mail's patience.
const hadTooMuch = /too (many|much|fast)|rate.?limit|throttl/i;
// 5.7 of RFC 3463 is policy: a relay that is not open to us, a sender it does not know.
const isOperators = /\b5\.7\.\d|relay|authenti|sender/i;

/** What a server's refusal means: final is only a lasting one of the recipient or of the mail itself. */
function meaningOf(error: unknown): Refusal {
  const { responseCode = 0, command, response = "" } = error as Partial<SMTPError>;
  if (responseCode === 421) return "throttled";
  if (responseCode >= 400 && responseCode < 500)
    return hadTooMuch.test(response) ? "throttled" : "again";
  const isOfMail = command === "RCPT TO" || command === "DATA";
  return isOfMail && finalCodes.has(responseCode) && !isOperators.test(response)
    ? "final"
    : "again";
}

type SMTPError = { responseCode: number; command: string; response: string };

// RFC 5321, section 4.2.3, and 521 and 556 of RFC 7504: no such mailbox, not here, full, not its name.
const finalCodes = new Set([521, 550, 551, 552, 553, 554, 556]);

/**
 * Sends over SMTP, a connection a mail. The Message-ID comes from the mail's id: where a repeated try
 * brings it twice, mail programs show one.
 *
 * @param url `smtp://user:password@host:port`, or `smtps:`
 */
export function smtpTransport(url: string): Transport {
  return async (message, signal) => {
    checkMessage(message);
    const from = parseSender(message.from);
    const transport = createTransport({
      url,
      connectionTimeout: STEP_TIMEOUT_MS,
      greetingTimeout: STEP_TIMEOUT_MS,
      socketTimeout: STEP_TIMEOUT_MS,
      dnsTimeout: STEP_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const sending = transport.sendMail({
        from,
        to: { name: "", address: message.to },
        envelope: { from: from.address, to: [message.to] },
        subject: message.subject,
        html: message.html,
        text: message.text,
        messageId: `<${message.id}@${from.address.split("@").at(-1)}>`,
        headers: mailHeaders,
        // Ends the connection too: one that hangs must not count among the ten for longer.
        signal,
      });
      const sent = await orAborted(sending, signal);
      return { providerId: sent.messageId };
    } catch (error) {
      throw error instanceof MailRefused
        ? error
        : new MailRefused(reasonOf(error), { meaning: meaningOf(error) });
    } finally {
      transport.close();
    }
  };
}
