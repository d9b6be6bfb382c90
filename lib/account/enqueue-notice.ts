import { gatherNotice } from "@/lib/account/gather-notice";
import type { Notice } from "@/lib/account/notice";
import { countNotice } from "@/lib/account/notice-window-store";
import type { Database } from "@/lib/db/transaction";
import { isCapped, NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { enqueueMail } from "@/lib/mail/outbox";

/**
 * Puts the mails about one thing into the outbox, in the caller's transaction; of the kinds that are
 * capped, what comes after `NOTICES_PER_HOUR` is kept for one mail at the end of the hour.
 */
export async function enqueueNotice(tx: Database, notice: Notice): Promise<void> {
  const { recipients, links, at, ...mail } = notice;
  const { accountId, kind } = mail;
  if (isCapped(kind)) {
    const window = await countNotice(tx, { accountId, kind }, at);
    if (window.acts > NOTICES_PER_HOUR) return gatherNotice(tx, notice, window);
  }
  const made = links === null ? null : await links.make(recipients);
  const notMeIds = new Map(made?.map(({ id, recipient }) => [recipient, id]));
  for (const recipient of recipients) {
    await enqueueMail(tx, { ...mail, recipient, notMeId: notMeIds.get(recipient) });
  }
}
