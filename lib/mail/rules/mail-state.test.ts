import { expect, test } from "vitest";
import { mailProgress } from "@/lib/mail/rules/mail-state";

test.each([
  [null, "queued", false],
  [{ state: "queued", attempts: 0 }, "queued", false],
  [{ state: "queued", attempts: 3 }, "queued", true],
  [{ state: "sent", attempts: 1 }, "accepted", false],
  [{ state: "sent", attempts: 4 }, "accepted", false],
  [{ state: "dropped", attempts: 9 }, "refused", false],
])("a mail with the row %j is %s", (row, state, isTriedAgain) => {
  expect(mailProgress(row)).toEqual({ state, isTriedAgain });
});
