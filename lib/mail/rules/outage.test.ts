import { expect, test } from "vitest";
import { judgeOutage, type OpenOutage, type RecentMail, readOutage } from "@/lib/mail/rules/outage";

const limits = { medianSeconds: 60, refusedPercent: 20 };
const now = new Date("2026-11-22T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let address = 0;
function mail(changes: Partial<RecentMail> = {}): RecentMail {
  address += 1;
  return {
    ...{ countsAs: `customer-${address}@example.com`, isTyped: false, site: "example.com" },
    ...{ seconds: 2, waitedSeconds: 1, isOnItsWay: false, isRefused: false, isPutOff: false },
    ...changes,
  };
}
const came = (...seconds: number[]) => seconds.map((one) => mail({ seconds: one }));
const waiting = (...seconds: number[]) =>
  seconds.map((one) => mail({ seconds: one, isOnItsWay: true }));
const refused = (count: number) =>
  Array.from({ length: count }, () => mail({ seconds: null, isRefused: true }));

const judge = (mails: RecentMail[], open: OpenOutage | null = null) =>
  judgeOutage(readOutage(mails, limits), { open, limits, now });

const none = { kind: "none" };
const slow = { kind: "begins", because: "slow" };
const tooMuchRefused = { kind: "begins", because: "refused" };

test.each<[string, RecentMail[], object]>([
  ["no mail", [], none],
  ["mail that comes at once", came(1, 2, 3, 4), none],
  ["one slow mail among others", came(1, 2, 900), none],
  ["a median at the limit", came(60, 60, 60), none],
  ["a median past the limit", came(1, 61, 61, 61), slow],
  ["a median past the limit by two addresses alone", came(1, 61, 61), none],
  ["the median of an even number is between the two", came(1, 2, 60, 61, 70, 80), slow],
  ["slow mail to too few addresses", came(900, 900), none],
  ["mail that a provider does not take, by its age", waiting(70, 80, 90), slow],
  ["mail that has only just been made", waiting(1, 2, 3), none],
  [
    "young mail does not hide that the rest is late",
    [...waiting(1, 2, 3, 4), ...came(90, 90, 90)],
    slow,
  ],
  [
    "mail on its way for half the limit counts with its age",
    [...waiting(40, 40, 40), ...came(61)],
    none,
  ],
  ["a fifth refused", [...refused(3), ...came(...Array(12).fill(1))], none],
  ["more than a fifth refused", [...refused(3), ...came(...Array(11).fill(1))], tooMuchRefused],
  ["more than a fifth, which are two addresses", [...refused(2), ...came(1, 1, 1)], none],
  ["more than a fifth, which is one address", [...refused(1), ...came(1, 1, 1)], none],
  ["all refused", refused(3), tooMuchRefused],
  ["all refused, to too few addresses", refused(2), none],
  ["refused and slow", [...refused(3), ...came(90, 90, 90)], tooMuchRefused],
])("what begins an outage: %s", (_, mails, verdict) => {
  expect(judge(mails)).toEqual(verdict);
});

test("an address counts once, however often its customer asks", () => {
  const countsAs = "slow@example.com";
  const late = Array.from({ length: 9 }, () => mail({ countsAs, seconds: 300 }));
  expect(judge([...late, ...came(1, 1)])).toEqual(none);
  const bounces = refused(9).map((one) => ({ ...one, countsAs }));
  expect(judge([...bounces, ...came(1, 1, 1, 1)])).toEqual(none);
});

test("of several mails to one address the worst counts", () => {
  const addresses = ["a@example.com", "b@example.com", "c@example.com"];
  const both = addresses.flatMap((countsAs) => [
    mail({ countsAs, seconds: 90 }),
    mail({ countsAs, seconds: 1 }),
  ]);
  expect(judge(both)).toEqual(slow);
  expect(judge(both.toReversed())).toEqual(slow);
});

const isSlow: OpenOutage = { because: "slow", calmSince: null };
const calmFor = (minutes: number): OpenOutage => ({ ...isSlow, calmSince: minutesAgo(minutes) });
const goesOn = (changes: object) => ({
  kind: "goes-on",
  because: "slow",
  calmSince: null,
  ...changes,
});

test.each<[string, RecentMail[], OpenOutage, object]>([
  ["still past the limit", came(90, 90, 90), isSlow, goesOn({})],
  ["between half of the limit and it", came(31, 31, 31), isSlow, goesOn({})],
  ["at half of the limit", came(30, 30, 30), isSlow, goesOn({ calmSince: now })],
  ["no mail at all", [], isSlow, goesOn({ calmSince: now })],
  ["one slow mail alone", came(90), isSlow, goesOn({})],
  ["calm for nine minutes", came(1), calmFor(9), goesOn({ calmSince: minutesAgo(9) })],
  ["calm for ten minutes", came(1), calmFor(10), { kind: "ends" }],
  ["calm for ten minutes, and slow again", came(31, 31), calmFor(10), goesOn({})],
  ["calm, and refused", [...refused(1), ...came(1, 1, 1, 1, 1)], calmFor(10), goesOn({})],
  ["another cause", refused(3), isSlow, goesOn({ because: "refused" })],
])("what ends it: %s", (_, mails, open, verdict) => {
  expect(judge(mails, open)).toEqual(verdict);
});

const typed = (changes: Partial<RecentMail>[]) =>
  changes.map((one) => mail({ isTyped: true, site: "slow.example", seconds: 900, ...one }));
const sites = (...names: string[]) => names.map((site) => ({ site }));
const refuses = { isRefused: true, seconds: null };

test.each<[string, RecentMail[], object]>([
  ["three addresses at one server", typed(sites("a.io", "a.io", "a.io")), none],
  ["three addresses at two servers", typed(sites("a.io", "a.io", "b.io")), slow],
  ["two addresses at two servers", typed(sites("a.io", "b.io")), none],
  [
    "any number of them from one network",
    typed(["a.io", "b.io", "c.io", "d.io"].map((site) => ({ site, countsAs: "198.51.100.7/32" }))),
    none,
  ],
  ["refused at one server", typed([refuses, refuses, refuses]), none],
  ["refused at two", typed([refuses, refuses, { ...refuses, site: "b.io" }]), tooMuchRefused],
  ["an account's among them", [...typed([{}, {}]), ...came(900)], slow],
  ["one that the way out did not take in time", typed([{}, {}, { waitedSeconds: 900 }]), slow],
  [
    "what the way out does not take at all",
    typed([1, 2, 3].map(() => ({ isRefused: true, isPutOff: true }))),
    tooMuchRefused,
  ],
])("addresses that anybody may type: %s", (_, mails, verdict) => {
  expect(judge(mails)).toEqual(verdict);
});

test("what one stranger types keeps no outage going", () => {
  const calm = goesOn({ calmSince: now });
  expect(judge(typed([{}]), isSlow)).toEqual(calm);
  expect(judge(typed([{}, {}, {}]), isSlow)).toEqual(calm);
  expect(judge(typed([refuses]), isSlow)).toEqual(calm);
  expect(judge(typed(sites("a.io", "b.io", "c.io")), isSlow)).toEqual(goesOn({}));
});
