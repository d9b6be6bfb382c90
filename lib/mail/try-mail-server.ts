import { createTransport } from "nodemailer";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";

const STEP_TIMEOUT_MS = 8_000;

/**
 * Connects to an SMTP server and signs in, and sends nothing.
 *
 * @param url `smtp://user:password@host:port`, or `smtps:`
 * @returns why it cannot be used now, without the password; null: it can
 */
export async function smtpFault(url: string): Promise<string | null> {
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
    await transport.verify();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n", 1).join("") : "unknown";
  } finally {
    transport.close();
  }
}

/**
 * Warns at the start of a process that sends mail when its SMTP server cannot be used, before a customer
 * waits for a code. It may come later, so the start goes on meanwhile.
 */
export async function reportMailServer(): Promise<void> {
  const { emailTransports, smtpUrl } = env();
  if (!emailTransports.includes("smtp") || smtpUrl === undefined) return;
  const reason = await smtpFault(smtpUrl);
  if (reason === null) return;
  log.warn({ reason }, "The mail server of SMTP_URL cannot be used now; mail waits until it can.");
}
