import { expect, test } from "vitest";
import { mailProgress } from "@/lib/mail/rules/mail-state";

const waits = { state: "queued", attempts: 0 };
const failed = { state: "queued", attempts: 3 };
const sent = { state: "sent", attempts: 1 };
const dropped = { state: "dropped", attempts: 9 };
const refused = { state: "refused", attempts: 1 };

test.each([
  [[], "queued", false],
  [[waits], "queued", false],
  [[failed], "queued", true],
  [[waits, failed], "queued", true],
  [[sent], "accepted", false],
  [[waits, sent], "accepted", false],
  [[failed, sent], "accepted", false],
  [[sent, failed], "accepted", false],
  [[dropped], "refused", false],
  [[waits, dropped], "queued", true],
  [[dropped, sent], "accepted", false],
  [[refused], "refused", false],
  [[waits, refused], "queued", false],
  [[refused, sent], "accepted", false],
])("a code with the mails %j, the newest first, is %s", (rows, state, isTriedAgain) => {
  expect(mailProgress(rows)).toEqual({ state, isTriedAgain });
});
