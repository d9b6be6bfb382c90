import { storeLinks } from "@/lib/account/change-store";
import type { Notice } from "@/lib/account/notice";
import {
  findGatheringMail,
  type NoticeWindow,
  storeGathered,
  storeGathering,
  storeNotifiedOf,
} from "@/lib/account/notice-window-store";
import { gatherNotifiedOf } from "@/lib/account/rules/notified-of";
import type { Database } from "@/lib/db/transaction";
import { GATHERED_LISTED } from "@/lib/mail/caps";
import type { GatheredNotice, MailFacts } from "@/lib/mail/facts";
import { enqueueMail } from "@/lib/mail/outbox";
import { NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays, afterHours } from "@/lib/moments";

/**
 * Keeps what an account is notified of for one mail to each recipient, which waits for the end of
 * the window. Its one link "that was not me" covers all that it lists.
 */
export async function gatherNotice(
  tx: Database,
  notice: Notice,
  window: NoticeWindow,
): Promise<void> {
  const gathering = { ...window.gathering };
  for (const recipient of notice.recipients) {
    const id = gathering[recipient];
    const waiting = id === undefined ? null : await findGatheringMail(tx, id);
    if (waiting === null) gathering[recipient] = await begin(tx, notice, window, recipient);
    else await append(tx, notice, waiting, recipient);
  }
  const { accountId, kind } = notice;
  await storeGathering(tx, { accountId, kind }, gathering);
}

async function begin(
  tx: Database,
  notice: Notice,
  { beganAt }: NoticeWindow,
  recipient: string,
): Promise<string> {
  const { accountId, locale, timeZone } = notice;
  const notBefore = afterHours(beganAt, 1);
  return enqueueMail(tx, {
    kind: "more-notices",
    accountId,
    recipient,
    locale,
    timeZone,
    notMeId: await linkTo(tx, notice, recipient),
    facts: gatheredFacts(notice, null),
    usefulUntil: afterDays(notBefore, NOTICE_USEFUL_DAYS),
    notBefore,
  });
}

async function append(
  tx: Database,
  notice: Notice,
  { id, facts, link }: NonNullable<Awaited<ReturnType<typeof findGatheringMail>>>,
  recipient: string,
): Promise<void> {
  const { links } = notice;
  if (links !== null && link !== null) {
    await storeNotifiedOf(tx, link.id, gatherNotifiedOf(link.notifiedOf, links.notifiedOf));
  }
  // Whoever pressed one of the account's links ended this one too: what came after needs its own.
  const notMeId = link === null ? await linkTo(tx, notice, recipient) : undefined;
  await storeGathered(tx, { id, facts: gatheredFacts(notice, facts), notMeId });
}

async function linkTo(
  tx: Database,
  { accountId, links }: Notice,
  recipient: string,
): Promise<string | undefined> {
  const made = links?.make([recipient]) ?? [];
  await storeLinks(tx, accountId, made);
  return made[0]?.id;
}

/** What the mail says with one thing more; of the latest it says from where, as every mail does. */
function gatheredFacts({ kind, facts }: Notice, before: MailFacts | null): MailFacts {
  const { accountEmail, ip, countryCode, browser, system, at, bySupport } = facts;
  const { about, reference, until } = facts;
  const item: GatheredNotice = { at, ip, browser, system, about, reference, until };
  const items = before?.more?.items ?? [];
  return {
    ...{ accountEmail, ip, countryCode, browser, system, at, bySupport },
    more: {
      kind,
      count: (before?.more?.count ?? 0) + 1,
      first: before?.more?.first ?? at,
      items: items.length < GATHERED_LISTED ? [...items, item] : items,
    },
  };
}
