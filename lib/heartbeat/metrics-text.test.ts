import { expect, test } from "vitest";
import { type Metrics, quantileOf, type Times } from "@/lib/heartbeat/metrics";
import { metricsText } from "@/lib/heartbeat/metrics-text";

const none: Times = { counts: Array.from({ length: 11 }, () => 0), sumSeconds: 0 };
const some: Times = { counts: [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1], sumSeconds: 704.5 };

const quiet: Metrics = {
  queue: [{ urgency: "code", waiting: 2, oldestSeconds: 12.5 }],
  times: [{ transport: "smtp", accepted: some, delivered: none }],
  typed: none,
  failures: [],
  domains: [{ domain: 'a"b\\c\nd', mails: 3, failures: [{ transport: "smtp", count: 1 }] }],
  ways: [{ transport: "smtp", openSeconds: 0, pausedSeconds: 4 }],
  marked: [],
  signIns: [{ verdict: "entered", count: 7 }],
  outage: "slow",
  sinceWebhookSeconds: null,
  canary: null,
  hashes: { atWork: 1, waiting: 0 },
};

test("a time is a histogram: each bucket counts those before it", () => {
  const lines = metricsText(quiet).split("\n");
  const accepted = lines.filter((line) => line.startsWith("portaria_mail_accept_seconds"));
  expect(accepted).toEqual([
    'portaria_mail_accept_seconds_bucket{transport="smtp",le="1"} 1',
    ...["2", "5", "10", "20", "30", "60", "120", "300", "600"].map(
      (le) => `portaria_mail_accept_seconds_bucket{transport="smtp",le="${le}"} 3`,
    ),
    'portaria_mail_accept_seconds_bucket{transport="smtp",le="+Inf"} 4',
    'portaria_mail_accept_seconds_sum{transport="smtp"} 704.5',
    'portaria_mail_accept_seconds_count{transport="smtp"} 4',
  ]);
});

test("a label cannot end itself or its line", () => {
  const label = 'domain="a\\"b\\\\c\\nd"';
  expect(metricsText(quiet)).toContain(`portaria_mail_domain_mails{${label}} 3\n`);
  const failures = `portaria_mail_domain_failures{transport="smtp",${label}} 1\n`;
  expect(metricsText(quiet)).toContain(failures);
});

test("each family is named once, before its samples, and none is empty", () => {
  const text = metricsText({
    ...quiet,
    sinceWebhookSeconds: 5,
    canary: {
      lastRun: { endedAt: new Date(1_700_000_000_900), isRight: false, mailSeconds: null },
    },
  });
  const lines = text.trimEnd().split("\n");
  const named = lines.filter((line) => line.startsWith("# TYPE")).map((line) => line.split(" ")[2]);
  expect(new Set(named).size).toBe(named.length);
  let family = "";
  for (const line of lines) {
    if (line.startsWith("# HELP")) family = line.split(" ")[2] ?? "";
    else expect(line.startsWith("# TYPE") || line.startsWith(family)).toBe(true);
    if (!line.startsWith("#")) expect(line).toMatch(/^[a-z_]+(\{.*\})? [\d.]+$/);
  }
  expect(text).toContain("portaria_canary_success 0\n");
  expect(text).toContain("portaria_canary_end_timestamp_seconds 1700000000\n");
  expect(text).not.toContain("portaria_canary_mail_seconds");
  expect(text).not.toContain("portaria_mail_failures ");
  expect(text.endsWith("\n")).toBe(true);
});

test("a canary that has ended no sign-in ended its last long ago, and nothing is said where there is none", () => {
  const lines = (canary: Metrics["canary"]) =>
    metricsText({ ...quiet, canary })
      .split("\n")
      .filter((line) => line.startsWith("portaria_canary"));
  expect(lines({ lastRun: null })).toEqual(["portaria_canary_end_timestamp_seconds 0"]);
  expect(lines(null)).toEqual([]);
});

test("an outage is of one cause", () => {
  expect(metricsText(quiet)).toContain('portaria_mail_outage{because="slow"} 1\n');
  expect(metricsText(quiet)).toContain('portaria_mail_outage{because="refused"} 0\n');
  expect(metricsText({ ...quiet, outage: null })).toContain('{because="slow"} 0\n');
});

test.each([
  [none, 0.5, null],
  [some, 0.25, 1],
  [some, 0.5, 2],
  [some, 0.75, 2],
  [some, 0.9, Number.POSITIVE_INFINITY],
])("a share of times lies below a bound (%#)", (times, share, bound) => {
  expect(quantileOf(times, share)).toBe(bound);
});
