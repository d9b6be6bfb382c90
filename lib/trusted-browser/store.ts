import type { BrowserCause, SessionCause } from "@/lib/access/rules/causes";
import type { Database } from "@/lib/db/transaction";
import { afterDays } from "@/lib/moments";
import { TRUSTED_BROWSER_DAYS } from "@/lib/trusted-browser/rules/limits";

/** What the cookie of a trusted browser names for one account. */
export type BrowserKey = { id: string; generation: number };

const alive = (now: Date) => ({ endedAt: null, expiresAt: { gt: now } });

/** Trusts a browser for an account; an earlier trust in the same one ends. */
export async function storeTrustedBrowser(
  tx: Database,
  browser: { accountId: string; browserId: string; userAgent: string; now: Date },
): Promise<BrowserKey> {
  const { accountId, browserId, userAgent, now } = browser;
  await tx.trustedBrowser.updateMany({
    where: { accountId, browserId, endedAt: null },
    data: { endedAt: now, endedBecause: "replaced" satisfies BrowserCause },
  });
  return tx.trustedBrowser.create({
    data: {
      accountId,
      browserId,
      userAgent,
      renewedAt: now,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: afterDays(now, TRUSTED_BROWSER_DAYS),
    },
    select: { id: true, generation: true },
  });
}

/**
 * Notes a sign-in with a trusted browser.
 *
 * @param renew whether its cookie is to be replaced by the next generation
 * @returns what its cookie is to say from now on
 */
export async function renewTrustedBrowser(
  tx: Database,
  browser: BrowserKey & { renew: boolean },
  now: Date,
): Promise<BrowserKey> {
  const { id, renew } = browser;
  return tx.trustedBrowser.update({
    where: { id },
    data: {
      lastUsedAt: now,
      expiresAt: afterDays(now, TRUSTED_BROWSER_DAYS),
      ...(renew ? { generation: { increment: 1 }, renewedAt: now } : {}),
    },
    select: { id: true, generation: true },
  });
}

/** The browsers an account trusts now, the last used first. */
export function findTrustedBrowsers(database: Database, accountId: string, now: Date) {
  return database.trustedBrowser.findMany({
    where: { accountId, ...alive(now) },
    orderBy: [{ lastUsedAt: "desc" }, { createdAt: "desc" }],
  });
}

/** A browser that an account trusts or trusted, else null. */
export function findTrustedBrowser(database: Database, filter: { id: string; accountId: string }) {
  return database.trustedBrowser.findFirst({ where: filter });
}

/** Ends the trust in one browser; false when it had ended before. */
export async function endTrustedBrowser(
  tx: Database,
  which: { id: string; because: BrowserCause; now: Date },
): Promise<boolean> {
  const { id, because, now } = which;
  const ended = await tx.trustedBrowser.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now, endedBecause: because },
  });
  return ended.count === 1;
}

/**
 * Ends every session that a trusted browser began, or somebody with a copy of what it shows: those in a
 * browser with its id, and those that were let in because of a browser, unless it is another that is
 * trusted in its own right.
 *
 * @returns how many were open
 */
export async function endSessionsOfBrowser(
  tx: Database,
  browser: { id: string; accountId: string; browserId: string; createdAt: Date },
  now: Date,
): Promise<number> {
  const { id, accountId, browserId, createdAt } = browser;
  const others = await tx.trustedBrowser.findMany({
    where: { accountId, id: { not: id }, browserId: { not: browserId }, ...alive(now) },
    select: { browserId: true },
  });
  const trusted = others.map((one) => one.browserId);
  const ended = await tx.session.updateMany({
    where: {
      accountId,
      endedAt: null,
      OR: [
        { browserId },
        {
          because: "known-browser",
          createdAt: { gte: createdAt },
          browserId: { notIn: trusted },
        },
      ],
    },
    data: { endedAt: now, endedBecause: "copied" satisfies SessionCause },
  });
  return ended.count;
}
