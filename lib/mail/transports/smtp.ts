import { createTransport } from "nodemailer";
import { enhancedStatusOf, failureReasonOf, marksAddress } from "@/lib/mail/rules/failure-reason";
import { judgeSmtpAnswer, type SmtpAnswer } from "@/lib/mail/rules/smtp-answer";
import { parseSender } from "@/lib/mail/sender";
import { limitConnections } from "@/lib/mail/transports/connections";
import {
  checkMessage,
  headersOf,
  MailRefused,
  orAborted,
  type Transport,
} from "@/lib/mail/transports/transport";

const STEP_TIMEOUT_MS = 8_000;

/** Each mail has a connection of its own, and servers refuse a client that opens many. */
export const SMTP_CONNECTIONS_AT_ONCE = 10;

// nodemailer's words name host and answer, never the password.
function reasonOf(error: unknown): string {
  const { responseCode, response } = error as { responseCode?: number; response?: string };
  if (responseCode !== undefined) return `the SMTP server answered ${response ?? responseCode}`;
  return `the SMTP server could not be used: ${error instanceof Error ? error.message : "unknown"}`;
}

function whatItSays(answer: SmtpAnswer) {
  const judged = judgeSmtpAnswer(answer);
  const { command, response: words = "" } = answer;
  const status = enhancedStatusOf(words);
  const failure = judged.isOfRecipient ? failureReasonOf({ status, words }) : "other";
  // What is refused after its data was not taken for what it says: the mailbox is there.
  const isGone = judged.meaning === "final" && command === "RCPT TO" && marksAddress(failure);
  return { ...judged, channel: "smtp", failure, status, marksRecipient: isGone };
}

/**
 * Sends over SMTP, a connection a mail.
 *
 * @param url `smtp://user:password@host:port`, or `smtps:`
 */
export function smtpTransport(url: string): Transport {
  const connections = limitConnections(SMTP_CONNECTIONS_AT_ONCE);
  return async (message, signal) => {
    checkMessage(message);
    const from = parseSender(message.from);
    const { socket, end } = await orAborted(connections.open(signal), signal);
    const transport = createTransport({
      url,
      socket,
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
        headers: headersOf(message),
        // Ends the connection too: one that hangs must not count among the ten for longer.
        signal,
      });
      const sent = await orAborted(sending, signal);
      return { channel: "smtp", providerId: sent.messageId };
    } catch (error) {
      throw error instanceof MailRefused
        ? error
        : new MailRefused(reasonOf(error), whatItSays(error as SmtpAnswer));
    } finally {
      transport.close();
      end();
    }
  };
}
