import { z } from "zod";
import { readClock } from "@/lib/clock";
import { log } from "@/lib/log/log";
import { openClaims } from "@/lib/mail/claims";
import { compileEarly } from "@/lib/mail/compile-early";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { createDeliveries } from "@/lib/mail/deliveries";
import { createLanes, type PacedChannel } from "@/lib/mail/lanes";
import { noteTries } from "@/lib/mail/note-tries";
import { markDue, pauseChannel } from "@/lib/mail/pace-store";
import { chooseTransport } from "@/lib/mail/transports/choose-transport";
import type { Transport } from "@/lib/mail/transports/transport";

const MAILS_AT_ONCE = 100;

const payloadSchema = z.object({ mailId: z.uuid() });

/** What the mails of this process are handed to. */
export type Sending = {
  /** Starts to send the mail that a job names, and resolves without waiting for what becomes of it. */
  startJob(payload: unknown): Promise<void>;
  /** Starts no more, and waits for the mails that are being sent, at most ten seconds. */
  stop(): Promise<void>;
};

/**
 * Makes ready to send mails: side by side at once, or at the pace of the provider whose limit all
 * processes share.
 *
 * @param given instead of the transport that EMAIL_TRANSPORT names; paced if `channel` is given too
 */
export function openSending(
  databaseUrl: string,
  given: { transport?: Transport; channel?: PacedChannel },
): Sending {
  const claims = openClaims(databaseUrl);
  const ended = new AbortController();
  void compileEarly(ended.signal);
  const { transport, channel = null } = given.transport
    ? { ...given, transport: given.transport }
    : chooseTransport();
  const { start, stop } =
    channel === null ? sideBySide(transport, claims) : atPace(transport, claims, channel);
  return {
    // A job only says that a mail is due: it ends at once, and the mail's row keeps what became of it.
    // So no job stays locked by a process that was killed while a provider kept it waiting.
    async startJob(payload) {
      const parsed = payloadSchema.safeParse(payload);
      if (parsed.success) await start(parsed.data.mailId);
      else log.warn("A job to send a mail names no mail and was ignored.");
    },
    async stop() {
      ended.abort();
      await stop();
      await claims.close();
    },
  };
}

type Claims = ReturnType<typeof openClaims>;

function sideBySide(transport: Transport, claims: Claims) {
  const deliver = (mailId: string) => deliverMail(mailId, { claims, transport });
  const deliveries = createDeliveries(noteTries(deliver), MAILS_AT_ONCE);
  return { start: deliveries.start, stop: deliveries.settled };
}

function atPace(transport: Transport, claims: Claims, channel: PacedChannel) {
  const pause = (seconds: number) => pauseChannel(channel.name, seconds);
  const lanes = createLanes(channel, (mailId, admit) =>
    noteTries(() => deliverMail(mailId, { claims, transport, admit, pause }))(mailId),
  );
  const start = async (mailId: string) => {
    await markDue(mailId, readClock());
    lanes.wake();
  };
  return { start, stop: lanes.stop };
}
