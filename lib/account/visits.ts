import type { LiveSession } from "@/lib/account/session-store";
import { findLastSignIn } from "@/lib/account/store";
import { countryCodeOf } from "@/lib/client/country";
import { deviceOf } from "@/lib/client/device-name";

/** When, from where and with what somebody got in. */
export type Visit = {
  at: Date;
  ip: string | null;
  countryCode: string | null;
  browser: string | null;
  system: string | null;
};

/** This session's beginning, and the sign-in before it if there was one. */
export async function findVisits(
  session: LiveSession,
): Promise<{ present: Visit; last: Visit | null }> {
  const { ip, createdAt, userAgent } = session;
  const countryCode = ip === null ? null : countryCodeOf(ip);
  const last = await findLastSignIn(session);
  return {
    present: { at: createdAt, ip, countryCode, ...deviceOf(userAgent) },
    last: last && {
      at: last.at,
      ip: last.ip,
      countryCode: last.countryCode,
      ...deviceOf(last.userAgent),
    },
  };
}
