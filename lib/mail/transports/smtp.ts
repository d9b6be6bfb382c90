import { createTransport } from "nodemailer";
import { envelopeOf } from "@/lib/mail/fate/return-address";
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

/** How far the talk with a server has come: it has said nothing yet, something, or that it waits for the mail. */
type Talk = "nothing" | "something" | "give-me-the-mail";

/** Listens to what the server says, which nodemailer gives to a log. */
function listenTo() {
  let talk: Talk = "nothing";
  const ignore = () => undefined;
  const debug = ({ tnx }: { tnx?: string }, line: string) => {
    if (tnx !== "server") return;
    if (line.startsWith("354")) talk = "give-me-the-mail";
    else if (talk === "nothing") talk = "something";
  };
  const logger = { trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore };
  return { talk: () => talk, options: { debug: true, logger: { level: ignore, ...logger } } };
}

const silent = "a server that wants TLS from the first byte needs smtps:// in SMTP_URL";

/** A try that ended without an answer, or with one. */
function refusalOf(error: unknown, talk: Talk, url: string): MailRefused {
  const isLate = error instanceof MailRefused;
  const answer = isLate ? {} : (error as SmtpAnswer);
  const reason = isLate ? error.message : reasonOf(error);
  const isSilent = talk === "nothing" && isLate && url.startsWith("smtp:");
  return new MailRefused(isSilent ? `${reason}; ${silent}` : reason, {
    ...whatItSays(answer),
    // Once it waits for the mail, only its answer says that it has not taken it.
    fate: talk === "give-me-the-mail" && !answer.responseCode ? "unknown" : "not-taken",
  });
}

/**
 * Sends over SMTP, a connection a mail.
 *
 * @param url `smtp://user:password@host:port`, or `smtps:`
 * @param returnsTo the address that mail comes back to, of which each mail has one of its own; null: the sender's
 */
export function smtpTransport(url: string, returnsTo: string | null = null): Transport {
  const connections = limitConnections(SMTP_CONNECTIONS_AT_ONCE);
  return async (message, signal) => {
    checkMessage(message);
    const from = parseSender(message.from);
    const { socket, end } = await orAborted(connections.open(signal), signal);
    const { talk, options } = listenTo();
    const transport = createTransport({
      ...options,
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
        ...envelopeOf(message, { sender: from.address, returnsTo }),
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
      throw refusalOf(error, talk(), url);
    } finally {
      transport.close();
      end();
    }
  };
}
