import { createHash } from "node:crypto";
import { readPendingValue } from "@/lib/challenge/pending-value";
import { type CookiePurpose, cookieName } from "@/lib/cookies/cookies";
import { localTarget } from "@/lib/cookies/local-path";
import { env } from "@/lib/env/env";
import { isLocale } from "@/lib/i18n/locales";
import { unseal } from "@/lib/secrets/secrets";
import { openSession } from "@/lib/secrets/session-token";
import { cookieHeader, readCookies } from "@/lib/server/gate/cookie";
import { isVisit } from "@/lib/server/gate/visit-cookie";
import { timeZoneToday } from "@/lib/time-zones";

type Judge = (value: string, origins: readonly string[]) => boolean;

const isSealedFor = (purpose: string) => (value: string) => unseal(purpose, value) !== null;

/** NextAuth's own check (@auth/core 0.41, createCSRFToken): the token, and its hash with the secret. */
function isCsrf(value: string): boolean {
  const [token, hash] = value.split("|");
  return hash === createHash("sha256").update(`${token}${env().authSecrets}`).digest("hex");
}

const judges: Record<CookiePurpose, Judge> = {
  session: (value) => openSession(value) !== null,
  pending: (value) => readPendingValue(value) !== null,
  untrusted: isSealedFor("untrusted"),
  browser: isSealedFor("browser"),
  "trusted-browser": isSealedFor("trusted-browser"),
  case: isSealedFor("case"),
  "recovery-codes": isSealedFor("recovery-codes"),
  notice: isSealedFor("notice"),
  csrf: isCsrf,
  callback: localTarget,
  locale: isLocale,
  "time-zone": (value) => timeZoneToday(value) !== null,
  visit: isVisit,
};
const purposes = Object.keys(judges) as CookiePurpose[];

/** Several values under one name, each of them made here: only their rows show which one counts. */
export type Doubled = { purpose: CookiePurpose; name: string; values: string[] };

export type CleanCookies = { header: string | undefined; doubled: Doubled[] };

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function validOf(purpose: CookiePurpose, values: string[], origins: readonly string[]): string[] {
  return values.filter((value) => {
    const plain = decoded(value);
    return plain !== null && judges[purpose](plain, origins);
  });
}

/**
 * Leaves each cookie of ours once in a `Cookie` header: the first that was made here, else the first.
 * Whoever reads it later, Next (the last of a name counts) or NextAuth (the first), then reads the
 * same. What would make NextAuth fail is left out: a callback that leads nowhere here, and names it
 * takes for further pieces of the session's cookie.
 *
 * @param origins of this site
 */
export function cleanCookies(header: string | undefined, origins: readonly string[]): CleanCookies {
  if (header === undefined) return { header, doubled: [] };
  const pairs = readCookies(header);
  const doubled: Doubled[] = [];
  const chosen = new Map<string, string | null>();
  for (const purpose of purposes) {
    const name = cookieName(purpose);
    const values = pairs.flatMap((pair) => (pair.name === name ? [pair.value ?? ""] : []));
    if (values.length === 0) continue;
    if (purpose !== "callback" && values.length === 1) continue;
    const valid = [...new Set(validOf(purpose, values, origins))];
    if (valid.length > 1) doubled.push({ purpose, name, values: valid });
    chosen.set(name, valid[0] ?? (purpose === "callback" ? null : (values[0] ?? null)));
  }
  const session = cookieName("session");
  const kept = pairs.filter(({ name }) => !name.startsWith(session) || name === session);
  const said = new Set<string>();
  const left = kept.flatMap((pair) => {
    const { name } = pair;
    const counts = chosen.get(name);
    if (counts === undefined) return [pair];
    if (counts === null || said.has(name)) return [];
    said.add(name);
    return [{ name, value: counts }];
  });
  return { header: cookieHeader(left), doubled };
}
