import {
  type Delivery,
  type DeliveryOutcome,
  deliverMail as tryMail,
} from "@/lib/mail/deliver-mail";
import { findQueuedMail } from "@/lib/mail/queued-mail-store";

/**
 * Tries once to send one mail, due or not, as a process does that has taken it.
 *
 * @returns also whether another is at it, or it was settled before
 */
export async function deliverMail(
  mailId: string,
  delivery: Delivery,
): Promise<DeliveryOutcome | "claimed" | "settled"> {
  if (!(await delivery.claims.claim(mailId))) return "claimed";
  try {
    const mail = await findQueuedMail(mailId);
    return mail === null ? "settled" : await tryMail(mail, delivery);
  } finally {
    await delivery.claims.release(mailId);
  }
}
