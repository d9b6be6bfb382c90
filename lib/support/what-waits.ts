import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { type ShownMail, shownMail } from "@/lib/history/shown-mail";
import { afterHours } from "@/lib/moments";
import { onceForPage } from "@/lib/once-for-page";
import { COUNTED_AT_MOST, REFUSED_NEWS_HOURS } from "@/lib/support/rules/limits";
import {
  countWaiting,
  findBlockedNow,
  findOldestQuestion,
  findOpenCases,
  findRefusedMails,
  type WaitingCounts,
} from "@/lib/support/waiting-store";
import { maskEmail } from "@/lib/typed/mask-email";

export type { WaitingCounts };

/** What waits for staff; the lists begin with what is looked at first. It names nobody. */
export type WhatWaits = {
  counts: WaitingCounts;
  cases: { id: string; reference: string; sentAt: Date }[];
  blocked: { reference: string; maskedEmail: string; since: Date; until: Date }[];
  refused: (ShownMail & { id: string; accountId: string; at: Date })[];
  /** Since when the oldest question waits; null: none does. */
  oldestQuestion: Date | null;
};

const newsSince = (now: Date) => afterHours(now, -REFUSED_NEWS_HOURS);

/** How much waits for staff, for the tabs of their pages. Counted once a request. */
export const readWaitingCounts = onceForPage((): Promise<WaitingCounts> => {
  const now = readClock();
  return countWaiting(database, { now, since: newsSince(now) });
});

/** A count as it is shown, such as "7", or "99+" where no more are counted. */
export const countText = (count: number, written: (count: number) => string): string =>
  count < COUNTED_AT_MOST ? written(count) : `${written(COUNTED_AT_MOST - 1)}+`;

/** Reads what waits for staff. */
export async function readWhatWaits(): Promise<WhatWaits> {
  const now = readClock();
  const blocked = await findBlockedNow(database, now);
  const refused = await findRefusedMails(database, newsSince(now));
  return {
    counts: await readWaitingCounts(),
    cases: await findOpenCases(database),
    blocked: blocked.map(({ email, ...block }) => ({ ...block, maskedEmail: maskEmail(email) })),
    refused: refused.flatMap(({ id, accountId, triedAt: at, ...stored }) => {
      const mail = shownMail(stored, maskEmail);
      return mail === null ? [] : [{ ...mail, id, accountId, at }];
    }),
    oldestQuestion: await findOldestQuestion(database),
  };
}
