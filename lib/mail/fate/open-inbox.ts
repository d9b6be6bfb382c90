import { ImapFlow } from "imapflow";
import type { ImapMailbox } from "@/lib/env/connection-url";

const STEP_TIMEOUT_MS = 15_000;

/** What is done with an open mailbox; it ends early when the connection is closed. */
export type InboxWork<T> = (client: ImapFlow) => Promise<T>;

/** Why a mailbox cannot be used, in a few words without a secret. */
export function inboxFault(error: unknown): string {
  const { code, authenticationFailed, mailboxMissing } = error as {
    code?: string;
    authenticationFailed?: boolean;
    mailboxMissing?: boolean;
  };
  if (authenticationFailed === true) return "the user or the password is refused";
  if (mailboxMissing === true) return "there is no such folder";
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code ?? "")) {
    return `its certificate cannot be checked (${code})`;
  }
  if (code === "EPROTO" || /^ERR_SSL/.test(code ?? "")) return "it does not speak TLS there";
  if (/TIMEOUT|ETIMEDOUT/i.test(code ?? "")) return "it does not answer in time";
  return `it cannot be reached (${code ?? "no answer"})`;
}

/**
 * Opens a folder of a mailbox over IMAP, TLS from the first byte, does something in it, and closes it.
 *
 * @param signal breaks off whatever is being done
 * @throws what `inboxFault` has words for, or what the work throws
 */
export async function inInbox<T>(
  inbox: ImapMailbox,
  signal: AbortSignal,
  work: InboxWork<T>,
): Promise<T> {
  signal.throwIfAborted();
  const client = new ImapFlow({
    host: inbox.host,
    port: inbox.port,
    secure: true,
    auth: { user: inbox.user, pass: inbox.password },
    tls: { rejectUnauthorized: inbox.checksCertificate },
    ...(inbox.serverName === undefined ? {} : { servername: inbox.serverName }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
  });
  // What is waited for fails with it.
  client.on("error", () => undefined);
  const breakOff = () => client.close();
  signal.addEventListener("abort", breakOff, { once: true });
  try {
    await client.connect();
    const lock = await client.getMailboxLock(inbox.folder);
    try {
      return await work(client);
    } finally {
      lock.release();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", breakOff);
    client.close();
  }
}
