import type { PendingCookie } from "@/lib/challenge/pending-store";

/** One pending sign-in as the reference knows it. */
export type ModelPending = {
  account: number;
  ip: number;
  browser: number;
  expiresAt: number;
  mails: number;
  lastMailAt: number;
  ended: null | "used" | "superseded" | "blocked";
  /** Whether a second factor is asked for, and what made its place known. */
  factor: boolean;
  knownBy: string | null;
  cookie: PendingCookie;
};

type Count = { wrong: number; lastWrongAt: number; blockedUntil: number | null };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The ten rules put as plainly as can be, in memory and one request at a time: what the real steps
 * are compared with. Times are milliseconds; accounts, addresses and browsers are small numbers.
 */
export class ReferenceModel {
  now: number;
  trusted = new Map<number, Set<number>>();
  /** Of an account: the addresses of one trusted range, and the browser that it trusts wherever it is. */
  ranges = new Map<number, Set<number>>();
  trustedBrowsers = new Map<number, number>();
  seen = new Set<string>();
  counts = new Map<string, Count>();
  codes = new Map<number, number[]>();
  sinceRight = new Map<number, number>();
  private askedThere = new Map<string, number[]>();
  pending: ModelPending[] = [];
  /** Accounts with a second factor, and whether it is asked for always. */
  factors = new Map<number, { always: boolean }>();
  /** Which pending sign-in each browser's cookie names. */
  cookies = new Map<number, ModelPending>();

  constructor(now: number) {
    this.now = now;
  }

  /** What makes a place known: the address, its range, or the browser. */
  private knownBy(account: number, ip: number, browser: number): string | null {
    if (this.trusted.get(account)?.has(ip)) return `address ${ip}`;
    if (this.ranges.get(account)?.has(ip)) return "range";
    return this.trustedBrowsers.get(account) === browser ? "trusted browser" : null;
  }

  /** Wrong answers count for the network; of a factor at a known place, for what makes it known. */
  private count(account: number, ip: number, browser: number, knownBy: string | null): Count {
    const there = knownBy === "trusted browser" ? knownBy : `${knownBy} ${browser}`;
    const key = knownBy === null ? `${account}/${ip}` : `${account}/${there}`;
    const count = this.counts.get(key) ?? { wrong: 0, lastWrongAt: 0, blockedUntil: null };
    const over =
      count.blockedUntil === null
        ? count.lastWrongAt + HOUR <= this.now
        : count.blockedUntil <= this.now;
    const live = over ? { wrong: 0, lastWrongAt: 0, blockedUntil: null } : count;
    this.counts.set(key, live);
    return live;
  }

  private countOf({ account, ip, browser, factor, knownBy }: ModelPending): Count {
    return this.count(account, ip, browser, factor ? knownBy : null);
  }

  /** What a sign-in with the right password leads to. */
  signIn(account: number, ip: number, browser: number): string {
    const earlier = this.cookies.get(browser);
    if (earlier !== undefined && earlier.ended === null) earlier.ended = "superseded";
    const factor = this.factors.get(account);
    const knownBy = this.knownBy(account, ip, browser);
    if (knownBy !== null && factor?.always) return this.askThere(account, ip, browser, knownBy);
    if (knownBy !== null) {
      const known = this.seen.has(`${account}/${ip}/${browser}`);
      this.seen.add(`${account}/${ip}/${browser}`);
      return known ? "entered" : "entered, notified of a new browser";
    }
    const until = this.count(account, ip, browser, null).blockedUntil;
    if (until !== null) return `blocked until ${until}`;
    if ((this.sinceRight.get(account) ?? 0) >= 20) return "waits for a new password";
    const lastHour = (this.codes.get(account) ?? []).filter((at) => at > this.now - HOUR);
    if (lastHour.length >= 5) return `waits until ${(lastHour.at(-5) ?? 0) + HOUR}`;
    this.codes.set(account, [...lastHour, this.now]);
    this.sinceRight.set(account, (this.sinceRight.get(account) ?? 0) + 1);
    return factor === undefined ? "code asked" : "factor asked";
  }

  /** A factor that is asked for at a known place: there only this browser, and this place, count. */
  private askThere(account: number, ip: number, browser: number, knownBy: string): string {
    const until = this.count(account, ip, browser, knownBy).blockedUntil;
    if (until !== null) return `blocked until ${until}`;
    const key = `${account}/${knownBy}`;
    const lastHour = (this.askedThere.get(key) ?? []).filter((at) => at > this.now - HOUR);
    if (lastHour.length >= 5) return `waits until ${(lastHour.at(-5) ?? 0) + HOUR}`;
    this.askedThere.set(key, [...lastHour, this.now]);
    return "factor asked";
  }

  /** Notes the pending sign-in that "code asked" made. */
  asked(account: number, ip: number, browser: number, cookie: PendingCookie): void {
    const pending: ModelPending = {
      account,
      ip,
      browser,
      expiresAt: this.now + 10 * MINUTE,
      mails: 1,
      factor: this.factors.has(account),
      knownBy: this.knownBy(account, ip, browser),
      lastMailAt: this.now,
      ended: null,
      cookie,
    };
    this.pending.push(pending);
    this.cookies.set(browser, pending);
  }

  private over(pending: ModelPending): string | null {
    if (this.now >= pending.expiresAt + HOUR) return "no-pending";
    if (pending.ended === "used") return "used";
    if (pending.ended === "superseded") return "superseded";
    const until = this.countOf(pending).blockedUntil;
    if (until !== null) return `blocked until ${until}`;
    if (pending.ended === "blocked") return "block-over";
    return this.now >= pending.expiresAt ? "expired" : null;
  }

  /** What a code typed with a cookie at an address leads to. */
  guess(pending: ModelPending | undefined, ip: number, right: boolean): string {
    if (pending === undefined) return "no-pending";
    const over = this.over(pending);
    if (over !== null) return over;
    if (pending.ip !== ip) return "network-changed";
    const { account } = pending;
    const count = this.countOf(pending);
    if (right) {
      Object.assign(count, { wrong: 0, lastWrongAt: 0, blockedUntil: null });
      this.sinceRight.set(account, 0);
      if (pending.knownBy === null || !pending.factor) {
        this.trusted.set(account, new Set([...(this.trusted.get(account) ?? []), ip]));
      }
      this.seen.add(`${account}/${ip}/${pending.browser}`);
      pending.ended = "used";
      return "right";
    }
    count.wrong += 1;
    count.lastWrongAt = this.now;
    if (count.wrong < 3) return `wrong, ${3 - count.wrong} left`;
    count.blockedUntil = this.now + HOUR;
    for (const other of this.pending) {
      const isTouched = other.account === account && this.countOf(other) === count;
      if (isTouched && other.ended === null) {
        other.ended = "blocked";
      }
    }
    return `blocked until ${count.blockedUntil}`;
  }

  /** What "Send the code again" leads to. */
  resend(pending: ModelPending | undefined): string {
    if (pending === undefined || this.now >= pending.expiresAt + HOUR) return "no-pending";
    if (this.over(pending) !== null || pending.factor) return "over";
    if (pending.mails >= 4) return `too-often from ${pending.expiresAt}`;
    const from = pending.lastMailAt + 30_000;
    if (from > this.now) return `too-early from ${from}`;
    pending.mails += 1;
    pending.lastMailAt = this.now;
    return "sent";
  }
}
