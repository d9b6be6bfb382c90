import { env } from "@/lib/env/env";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";
import type { Fate, Refusal } from "@/lib/mail/rules/refusal";
import { parseSender } from "@/lib/mail/sender";

/** A mail as a transport sends it. */
export type MailMessage = {
  /** The mail's uuid: the same on every try, so that a provider can know a repetition. */
  id: string;
  /** Such as sign-in-code. */
  kind: string;
  /** `Name <address>` or an address. */
  from: string;
  /** One address. */
  to: string;
  subject: string;
  html: string;
  text: string;
};

/** The transport's name, such as smtp, and the provider's for what it took, where it gives one. */
export type Sent = { channel: string; providerId: string | null };

/**
 * Hands a mail to a provider, which has taken it when this resolves. Once `signal` aborts, waiting ends.
 *
 * @throws MailRefused when it was not taken, or not known to be
 */
export type Transport = (message: MailMessage, signal: AbortSignal) => Promise<Sent>;

/** A mail was not taken; the message says why in a few words and holds no secret. */
export class MailRefused extends Error {
  override name = "MailRefused";
  readonly meaning: Refusal;
  /** How long the provider asked to wait, where it did; else 0. */
  readonly retryAfterSeconds: number;
  /** Whether it says something of this recipient alone, so that other mail may go. */
  readonly isOfRecipient: boolean;
  /** Why the recipient's side does not take it, as far as that is known. */
  readonly failure: FailureReason;
  /** The enhanced status code (RFC 3463) of the answer; null: it had none. */
  readonly status: string | null;
  /** The transport that was refused, such as smtp; empty: none was asked. */
  readonly channel: string;
  /** Whether the recipient's side says that there is no such mailbox. */
  readonly marksRecipient: boolean;
  /** Whether it may have been taken all the same. */
  readonly fate: Fate;
  constructor(
    reason: string,
    {
      meaning = "again",
      retryAfterSeconds = 0,
      isOfRecipient = meaning === "final",
      failure = "other",
      status = null,
      channel = "",
      marksRecipient = false,
      fate = "not-taken",
    }: Partial<Omit<MailRefused, keyof Error>> = {},
  ) {
    super(reason.replace(/\s+/g, " ").slice(0, 300));
    this.meaning = meaning;
    this.isOfRecipient = isOfRecipient;
    this.retryAfterSeconds = retryAfterSeconds;
    this.failure = failure;
    this.status = status;
    this.channel = channel;
    this.marksRecipient = marksRecipient;
    this.fate = fate;
  }
}

// Four parts, colons between them; the last says who sends, in 5 to 15 characters.
const SENDER_OF_FEEDBACK = "portaria";

/** A name as a part of Feedback-ID: Latin letters, digits and dashes. */
const partOf = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/[^\w -]/g, "")
    .trim()
    .replace(/[\s_-]+/g, "-")
    .toLowerCase()
    .slice(0, 40) || "host";

/**
 * The headers that every mail has beside those of its content, whichever way it goes: an id of ours, so
 * that of a mail sent twice programs show one; that a machine wrote it, so that machines do not answer
 * (RFC 3834, section 5); and by what providers count complaints of each kind apart.
 */
export function headersOf(message: MailMessage): Record<string, string> {
  const domain = parseSender(message.from).address.split("@").at(-1);
  return {
    "Message-ID": `<${message.id}@${domain}>`,
    "Auto-Submitted": "auto-generated",
    "Feedback-ID": `${message.kind}:${partOf(env().brand.name)}:${SENDER_OF_FEEDBACK}`,
  };
}

/**
 * Refuses what could smuggle another recipient or header into a mail.
 *
 * @throws MailRefused
 */
export function checkMessage(message: MailMessage): void {
  if (!/^[^\s,;:<>()[\]"\\@]+@[^\s,;:<>()"\\@]+$/u.test(message.to)) {
    throw new MailRefused("the recipient is not one plain address", { meaning: "final" });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(message.subject + message.from + message.id + message.kind)) {
    throw new MailRefused("a header holds a control character");
  }
}

/**
 * Ends the wait for a provider when `signal` aborts, whatever its client does.
 *
 * @param refusal what it ends with then
 */
export function orAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  refusal = () => new MailRefused("no answer in time"),
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(refusal());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work
      .then(resolve, (error) => reject(signal.aborted ? refusal() : error))
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
