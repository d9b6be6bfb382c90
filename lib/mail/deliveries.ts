import { log } from "@/lib/log/log";

/** The mails that this process is sending. */
export type Deliveries = {
  /** Starts to send a mail that is not being sent already; waits first while `limit` are. */
  start(mailId: string): Promise<void>;
  /** Resolves when none is being sent. */
  settled(): Promise<void>;
};

/**
 * Sends mails side by side, so that one that hangs holds up no other. A failure is logged and ends
 * nothing but that try.
 *
 * @param deliver tries once to send a mail, in a limited time
 */
export function createDeliveries(
  deliver: (mailId: string) => Promise<unknown>,
  limit: number,
): Deliveries {
  const running = new Map<string, Promise<void>>();

  async function run(mailId: string): Promise<void> {
    try {
      await deliver(mailId);
    } catch (error) {
      log.warn({ mailId, error }, "A try to send a mail was cut short; the mail stays queued.");
    } finally {
      running.delete(mailId);
    }
  }

  return {
    async start(mailId) {
      while (running.size >= limit && !running.has(mailId)) await Promise.race(running.values());
      if (!running.has(mailId)) running.set(mailId, run(mailId));
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
