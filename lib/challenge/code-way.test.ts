import { expect, test } from "vitest";
import type { CodeMail } from "@/lib/challenge/code-mail-store";
import { codeWays } from "@/lib/challenge/code-way";

const now = new Date("2026-11-30T12:00:10Z");
const mailTo = (recipient: string): CodeMail => ({
  ...{ recipient, edition: 3, state: "sent", attempts: 1, changes: [] },
  ...{ createdAt: new Date("2026-11-30T12:00:00Z"), sentAt: new Date("2026-11-30T12:00:01Z") },
});

const [first, second] = ["a@example.com", "b@example.com"];

test.each<[string, CodeMail[], [string, string][]]>([
  [
    "both have their mail",
    [mailTo(first), mailTo(second)],
    [
      [first, "accepted"],
      [second, "accepted"],
    ],
  ],
  ["one was confirmed after the code was mailed", [mailTo(first)], [[first, "accepted"]]],
  ["the first was replaced since", [mailTo(second)], [[second, "accepted"]]],
  [
    "none has one yet",
    [],
    [
      [first, "queued"],
      [second, "queued"],
    ],
  ],
])("of two addresses %s", (_, mails, lines) => {
  const ways = codeWays([first, second], { mails, pausedUntil: null }, { now, show: (one) => one });
  expect(ways.map(({ shownEmail, state }) => [shownEmail, state])).toEqual(lines);
});
