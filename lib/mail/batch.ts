import { createHash } from "node:crypto";
import { log } from "@/lib/log/log";
import {
  checkMessage,
  type MailMessage,
  MailRefused,
  type Sent,
} from "@/lib/mail/transports/transport";

/**
 * Hands many mails over in one request, of which it gives an answer each, in their order.
 *
 * @param key by which the same mails are known when they are handed over again
 * @throws MailRefused where none was taken, or is not known to be
 */
export type BatchTransport = (
  messages: MailMessage[],
  { key, signal }: { key: string; signal: AbortSignal },
) => Promise<(Sent | MailRefused)[]>;

/** Mails that were taken together and go in one request: each of them joins, or leaves. */
export type Batch = {
  /** By which it is noted that a mail may have been taken with it. */
  name: string;
  /** Waits for the others, and for the answer. Throws MailRefused as a transport does. */
  join(message: MailMessage): Promise<Sent>;
  /** Says that a mail is settled or put off, whether it joined or not. */
  leave(mailId: string): void;
  /** Resolves when so many have joined or left. */
  reached(count: number): Promise<void>;
};

// Both together as long as a mail's try.
const FIRST_MS = 6_000;
const SECOND_MS = 4_000;

const keyOf = (messages: MailMessage[]): string => {
  const ids = messages.map(({ id }) => id).sort();
  return `batch-${createHash("sha256").update(ids.join()).digest("hex").slice(0, 40)}`;
};

/** Asks once more, with the same key and the same bytes, where the answer was lost. */
async function sendTwice(messages: MailMessage[], send: BatchTransport) {
  const key = keyOf(messages);
  const within = (ms: number) => send(messages, { key, signal: AbortSignal.timeout(ms) });
  return within(FIRST_MS).catch((error: unknown) => {
    if (!(error instanceof MailRefused) || error.fate !== "unknown") throw error;
    log.info(
      { mails: messages.length, reason: error.message },
      "A batch of mails is asked for again.",
    );
    return within(SECOND_MS);
  });
}

/**
 * A batch of as many mails as were taken for it.
 *
 * @param onEnd hears once how it went: null, or why none of it was taken
 */
export function openBatch(
  { name, ids, send }: { name: string; ids: string[]; send: BatchTransport },
  onEnd: (refused: MailRefused | null) => void,
): Batch {
  const outstanding = new Set(ids);
  const joined: MailMessage[] = [];
  let onNext: () => void = () => undefined;
  let letGo: (answers: Promise<(Sent | MailRefused)[]>) => void = () => undefined;
  const answered = new Promise<(Sent | MailRefused)[]>((resolve) => {
    letGo = resolve;
  });

  function drop(mailId: string): void {
    if (!outstanding.delete(mailId)) return;
    onNext();
    if (outstanding.size > 0) return;
    const sending = joined.length === 0 ? Promise.resolve([]) : sendTwice(joined, send);
    sending.then(
      () => onEnd(null),
      (error: unknown) => onEnd(error instanceof MailRefused ? error : null),
    );
    letGo(sending);
  }

  return {
    name,
    async join(message) {
      // One that must not be sent keeps none of the others from it.
      checkMessage(message);
      const index = joined.push(message) - 1;
      drop(message.id);
      const answer = (await answered)[index];
      if (answer === undefined) throw new MailRefused("the batch had no answer for it", lost);
      if (answer instanceof MailRefused) throw answer;
      return answer;
    },
    leave: drop,
    async reached(count) {
      while (ids.length - outstanding.size < count) {
        await new Promise<void>((resolve) => {
          onNext = resolve;
        });
      }
    },
  };
}

const lost = { fate: "unknown" } as const;
