import { openClaims } from "@/lib/mail/claims";
import { compileEarly } from "@/lib/mail/compile-early";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { writeFallbacks } from "@/lib/mail/edited/note-fallbacks";
import { createLanes, type Lanes, type PacedChannel } from "@/lib/mail/lanes";
import { noteTries } from "@/lib/mail/note-tries";
import { pauseChannel } from "@/lib/mail/pace-store";
import { chooseTransport } from "@/lib/mail/transports/choose-transport";
import type { Transport } from "@/lib/mail/transports/transport";

/**
 * Sends the mails of the outbox from now on: side by side at once, or at the pace of the provider whose
 * limit all processes share.
 *
 * @param given instead of the transport that EMAIL_TRANSPORT names; paced if `channel` is given too
 * @returns `stop` starts no more, and waits for the mails that are being sent, at most ten seconds,
 *   and for what was counted of them
 */
export function openSending(
  databaseUrl: string,
  given: { transport?: Transport; channel?: PacedChannel },
): Lanes {
  const ended = new AbortController();
  void compileEarly(ended.signal);
  const { transport, channel = null } = given.transport
    ? { ...given, transport: given.transport }
    : chooseTransport();
  const claims = openClaims(databaseUrl, () => lanes.wake());
  const pause = channel === null ? {} : { pause: (s: number) => pauseChannel(channel.name, s) };
  const lanes = createLanes(
    { channel, claims },
    noteTries((mail, onHandOver) => deliverMail(mail, { claims, transport, onHandOver, ...pause })),
  );
  return {
    wake: lanes.wake,
    async stop() {
      ended.abort();
      await lanes.stop();
      await writeFallbacks();
      await claims.close();
    },
  };
}
