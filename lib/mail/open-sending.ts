import { openClaims } from "@/lib/mail/claims";
import { compileEarly } from "@/lib/mail/compile-early";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { writeFallbacks } from "@/lib/mail/edited/note-fallbacks";
import { createLanes, type Lanes } from "@/lib/mail/lanes";
import { noteTries } from "@/lib/mail/note-tries";
import { chooseWays } from "@/lib/mail/transports/choose-ways";
import type { Transport } from "@/lib/mail/transports/transport";
import { openWays, type PacedChannel, type Way } from "@/lib/mail/ways";

/** What mail leaves by instead of the ways that EMAIL_TRANSPORT names; paced if `channel` is given too. */
export type GivenWays = {
  transport?: Transport;
  channel?: PacedChannel | undefined;
  ways?: readonly [Way, ...Way[]];
};

function waysOf({ transport, channel, ways }: GivenWays): readonly [Way, ...Way[]] {
  if (ways !== undefined) return ways;
  if (transport === undefined) return chooseWays();
  const { name = "given" } = channel ?? {};
  return [{ name, transport, channel: channel ?? null, knowsRepeats: true }];
}

/**
 * Sends the mails of the outbox from now on: side by side at once, or at the pace of the provider whose
 * limit all processes share.
 *
 * @param given instead of the ways that EMAIL_TRANSPORT names
 * @returns `stop` starts no more, and waits for the mails that are being sent, at most ten seconds,
 *   and for what was counted of them
 */
export function openSending(databaseUrl: string, given: GivenWays): Lanes {
  const ended = new AbortController();
  void compileEarly(ended.signal);
  const ways = openWays(waysOf(given));
  const claims = openClaims(databaseUrl, () => lanes.wake());
  const lanes = createLanes(
    { ways, claims },
    noteTries((mail, slot) => deliverMail(mail, { claims, ways, ...slot })),
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
