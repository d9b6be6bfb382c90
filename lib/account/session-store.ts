import type { SessionCause } from "@/lib/access/rules/causes";
import { hasFactorSql } from "@/lib/account/has-factor";
import { isLiveSql } from "@/lib/account/live-session-sql";
import { factorRequired } from "@/lib/account/rules/factor-required";
import { markedSql, unreachableSql } from "@/lib/account/unreachable-sql";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import type { Account, Session, SignInJudgement } from "@/lib/generated/prisma/client";
import { type MarkCause, readMarkCause } from "@/lib/mail/rules/mark-cause";
import { afterMinutes } from "@/lib/moments";

const MINUTES_BETWEEN_TOUCHES = 10;

/** A live session with its account, and the sign-in before it. */
export type LiveSession = LiveRow & {
  account: SessionAccount;
  /** null: there was none, or it is no longer kept. */
  lastSignIn: LastSignIn | null;
};

type LiveRow = Pick<
  Session,
  | "id"
  | "accountId"
  | "because"
  | "codeProvenAt"
  | "factorProvenAt"
  | "ip"
  | "userAgent"
  | "browserId"
  | "createdAt"
  | "lastSeenAt"
>;

/** What pages and steps need of the account of a session; its password is none of it. */
export type SessionAccount = Pick<
  Account,
  | "id"
  | "email"
  | "name"
  | "locale"
  | "timeZone"
  | "timeZoneFromBrowser"
  | "role"
  | "codesSinceRight"
  | "supportPinUses"
  | "tellOfNewBrowsers"
  | "phone"
  | "passwordChangedAt"
  | "closesAt"
  | "factorsEndAt"
  | "factorsCheckedAt"
  | "factorAlways"
> & {
  /** Whether it has a second factor. */
  hasFactor: boolean;
  /** The canary opens no page but `/account`. */
  isCanary: boolean;
  /** It must have one and has none: nothing opens but the page that adds one (lib/server/gate/enrol-first.ts). */
  mustEnrol: boolean;
  /** Why no mail reaches it, as far as that is known; null: it is reached. */
  unreachable: MarkCause | null;
  /** Its confirmed addresses that nothing is sent to any more, the contact e-mail first. */
  marked: { email: string; because: MarkCause }[];
};

type LastSignIn = Pick<SignInJudgement, "at" | "ip" | "userAgent" | "countryCode">;

type Row = LiveRow &
  Omit<SessionAccount, "id" | "mustEnrol" | "unreachable" | "marked"> & {
    unreachable: string | null;
    marked: { email: string; because: string }[];
    lastAt: Date | null;
    lastIp: string | null;
    lastUserAgent: string | null;
    lastCountryCode: string | null;
  };

/**
 * The session of an id that has not ended, is not idle for 30 days nor older than 90 (of staff: than
 * 12 hours, and none without the factor that the account has): one statement, so that what is shown of
 * the account is never newer than what ended it.
 */
export async function findLiveSession(id: string): Promise<LiveSession | null> {
  const now = readClock();
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.id, s.account_id AS "accountId", s.because, s.code_proven_at AS "codeProvenAt",
      s.factor_proven_at AS "factorProvenAt", s.ip, s.user_agent AS "userAgent",
      s.browser_id AS "browserId", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
      a.email, a.name, a.locale, a.time_zone AS "timeZone", a.role,
      a.time_zone_from_browser AS "timeZoneFromBrowser", a.codes_since_right AS "codesSinceRight",
      a.support_pin_uses AS "supportPinUses", a.tell_of_new_browsers AS "tellOfNewBrowsers",
      a.phone, a.password_changed_at AS "passwordChangedAt", a.closes_at AS "closesAt",
      a.factors_end_at AS "factorsEndAt", a.factors_checked_at AS "factorsCheckedAt",
      a.factor_always AS "factorAlways",
      ${hasFactorSql} AS "hasFactor", ${unreachableSql} AS unreachable,
      ${markedSql} AS marked,
      a.is_canary AS "isCanary",
      j.at AS "lastAt", j.ip AS "lastIp", j.user_agent AS "lastUserAgent", j.country_code AS "lastCountryCode"
    FROM session s JOIN account a ON a.id = s.account_id
    LEFT JOIN LATERAL (SELECT at, ip, user_agent, country_code FROM sign_in_judgement
      WHERE account_id = s.account_id AND verdict = 'entered' AND at < s.created_at
      ORDER BY at DESC LIMIT 1) j ON true
    WHERE s.id = ${id}::uuid AND s.ticket_hash IS NULL AND ${isLiveSql(now)}`;
  const [row] = rows;
  if (row === undefined) return null;
  if (row.lastSeenAt < afterMinutes(now, -MINUTES_BETWEEN_TOUCHES)) {
    await db.session.update({ where: { id }, data: { lastSeenAt: now } });
  }
  return liveSessionOf(row);
}

function liveSessionOf(row: Row): LiveSession {
  const { lastAt: at, lastIp, lastUserAgent, lastCountryCode: countryCode, ...rest } = row;
  const { id, accountId, because, codeProvenAt, factorProvenAt, ...others } = rest;
  const { ip, userAgent, browserId, createdAt, lastSeenAt, unreachable, marked, ...account } =
    others;
  const proven = { codeProvenAt, factorProvenAt };
  const session = { id, accountId, because, ...proven, ip, userAgent, browserId };
  const mustEnrol = !account.hasFactor && factorRequired(account.role, env().twoStepRequired);
  const last = { ip: lastIp, userAgent: lastUserAgent ?? "", countryCode };
  return {
    ...session,
    createdAt,
    lastSeenAt,
    account: {
      id: accountId,
      ...account,
      mustEnrol,
      unreachable: unreachable === null ? null : readMarkCause(unreachable),
      marked: marked.map(({ email, because }) => ({ email, because: readMarkCause(because) })),
    },
    lastSignIn: at && { at, ...last },
  };
}

/**
 * Ends a session; it is out on its next request.
 *
 * @param because `replaced`: the same browser signed in again
 */
export async function endSession(
  id: string,
  because: SessionCause & ("signed-out" | "replaced") = "signed-out",
): Promise<void> {
  const data = { endedAt: readClock(), endedBecause: because };
  await db.session.updateMany({ where: { id, endedAt: null }, data });
}
