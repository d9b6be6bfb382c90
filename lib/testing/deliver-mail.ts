import { randomUUID } from "node:crypto";
import type { Claims } from "@/lib/mail/claims";
import { type DeliveryOutcome, deliverMail as tryMail } from "@/lib/mail/deliver-mail";
import { findQueuedMail } from "@/lib/mail/queued-mail-store";
import type { Transport } from "@/lib/mail/transports/transport";
import { openWays, type Ways } from "@/lib/mail/ways";

/** Which claims, and what mail leaves by: one transport, whose channel is paused where it asks for that, or ways. */
type Delivery = { claims: Pick<Claims, "claim" | "release"> } & (
  | { transport: Transport; channel?: string }
  | { ways: Ways }
);

/** One transport as the way out of a process. */
export const oneWay = (transport: Transport, channel?: string): Ways => {
  const name = channel ?? randomUUID();
  const paced = channel === undefined ? null : { name, perSecond: 5, atOnce: 100 };
  return openWays([{ name, transport, channel: paced, knowsRepeats: true }]);
};

/**
 * Tries once to send one mail, due or not, as a process does that has taken it.
 *
 * @returns also whether another is at it, or it was settled before
 */
export async function deliverMail(
  mailId: string,
  delivery: Delivery,
): Promise<DeliveryOutcome | "claimed" | "settled"> {
  const { claims } = delivery;
  const ways = "ways" in delivery ? delivery.ways : oneWay(delivery.transport, delivery.channel);
  if (!(await claims.claim(mailId))) return "claimed";
  try {
    const mail = await findQueuedMail(mailId);
    return mail === null ? "settled" : await tryMail(mail, { claims, ways, slotOf: null });
  } finally {
    await claims.release(mailId);
  }
}
