import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Metrics, Times } from "@/lib/heartbeat/metrics";
import { metricsText } from "@/lib/heartbeat/metrics-text";
import { troubleWords } from "@/lib/heartbeat/troubles";
import { root } from "@/lib/machine/project.mjs";

const read = (name: string) => readFileSync(join(root, "docs", name), "utf8");
const yaml = read("portaria-alerts.yml");
const manual = read("operating.md");

const times: Times = { counts: Array.from({ length: 11 }, () => 1), sumSeconds: 1 };
const way = { transport: "resend" };

/** Metrics in which there is something of everything. */
const full: Metrics = {
  queue: [{ urgency: "code", waiting: 1, oldestSeconds: 1 }],
  times: [{ ...way, accepted: times, delivered: times }],
  typed: times,
  failures: [{ ...way, reason: "other", count: 1 }],
  domains: [{ domain: "example.com", mails: 1, failures: [{ ...way, count: 1 }] }],
  ways: [{ ...way, openSeconds: 1, pausedSeconds: 1 }],
  marked: [{ because: "bounced", count: 1 }],
  signIns: [{ verdict: "entered", count: 1 }],
  outage: "slow",
  sinceWebhookSeconds: 1,
  canary: { lastRun: { endedAt: new Date(), isRight: true, mailSeconds: 1 } },
  hashes: { atWork: 1, waiting: 1 },
};
const samples = metricsText(full)
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const families = [...metricsText(full).matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name ?? "");

// One way of writing it, in which a plain scalar needs no quotes: all of the file is of these lines.
const rule =
  / {6}- alert: (?<name>[A-Z]\w+)\n {8}expr: (?<expr>[a-z](?:(?!: | #)[^\n])*)\n(?: {8}for: \d+m\n)? {8}labels: \{ severity: (?:page|ticket) \}\n {8}annotations: \{ summary: "[^"\\\n]+" \}\n/g;
const head = /^(?:# [^\n]*\n)+groups:\n {2}- name: portaria\n {4}rules:\n$/;
const alerts = [...yaml.matchAll(rule)].map(({ groups = {} }) => ({
  name: groups.name ?? "",
  expr: groups.expr ?? "",
}));

/** The first cell of each row of a section of the manual. */
const rowsOf = (heading: string) =>
  (manual.split(`\n### ${heading}\n`)[1]?.split(/\n##/)[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split(" | ")[0] ?? "");

test("the file of alert rules is YAML that Prometheus reads, and nothing else", () => {
  expect(yaml.replaceAll(rule, "")).toMatch(head);
  expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  expect(alerts.length).toBeGreaterThan(8);
});

test.each(alerts)("$name goes by metrics, and labels, that there are", ({ expr }) => {
  const named = [...expr.matchAll(/(portaria_\w+)(?:\{(\w+="\w+")\})?/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, name = "", label = ""] of named) {
    const its = samples.filter(
      (line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `),
    );
    expect([name, its.some((line) => line.includes(label))]).toEqual([name, true]);
  }
});

test.each([...alerts.map(({ name }) => name), ...Object.values(troubleWords)])(
  "what to do about %s is a row of the manual",
  (alarm) => {
    const rows = rowsOf("What to do about each alarm").filter((row) =>
      row.split("`").some((quoted) => quoted.replaceAll("…", "") === alarm),
    );
    expect(rows).toHaveLength(1);
  },
);

test("each metric is a row of the manual, and no other is", () => {
  const [, section = ""] = manual.split("\n## Metrics\n");
  const table = section.split("\n```")[0] ?? "";
  const named = [...table.matchAll(/`(portaria_\w+)(?:\{[\w,]+\})?`/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(families.toSorted());
});
