import { linksPart } from "@/lib/account/change-store";
import { gatherNotice } from "@/lib/account/gather-notice";
import type { Notice } from "@/lib/account/notice";
import { countNotice, countNoticePart } from "@/lib/account/notice-window-store";
import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { isCapped, NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { newMailsPart } from "@/lib/mail/outbox";

/** The parts of a statement that put the mails about one thing into the outbox, each with its link. */
function mailParts({ recipients, links, at: _, ...mail }: Notice): Part[] {
  const made = links === null ? [] : links.make(recipients);
  const notMeIds = new Map(made.map(({ id, recipient }) => [recipient, id]));
  const mails = recipients.map((recipient) => ({
    ...mail,
    recipient,
    notMeId: notMeIds.get(recipient),
  }));
  return [...(made.length > 0 ? [linksPart(made)] : []), newMailsPart(mails)];
}

/**
 * The same with its count, for a notice that is known to be within `NOTICES_PER_HOUR`: the statement
 * has locked its account since that was read.
 */
export function noticeParts(notice: Notice): Part[] {
  const { kind, at } = notice;
  return [...(isCapped(kind) ? [countNoticePart(kind, at)] : []), ...mailParts(notice)];
}

/**
 * Puts the mails about one thing into the outbox, in the caller's transaction; of the kinds that are
 * capped, what comes after `NOTICES_PER_HOUR` is kept for one mail at the end of the hour.
 */
export async function enqueueNotice(tx: Database, notice: Notice): Promise<void> {
  const { accountId, kind, at } = notice;
  if (isCapped(kind)) {
    const window = await countNotice(tx, { accountId, kind }, at);
    if (window.acts > NOTICES_PER_HOUR) return gatherNotice(tx, notice, window);
  }
  await writeTogether(tx, [ownerPart(accountId), ...mailParts(notice)]);
}
