import { expect, test } from "vitest";
import { maySendTwice, unsureDelaySeconds, waysToAsk } from "@/lib/mail/rules/ways-to-ask";

const resend = { name: "resend", knowsRepeats: true, isOut: false };
const smtp = { name: "smtp", knowsRepeats: false, isOut: false };
const out = <Way>(way: Way) => ({ ...way, isOut: true });
const namesOf = (ways: readonly { name: string }[]) => ways.map(({ name }) => name);

test.each([
  ["in the operator's order", [resend, smtp], [], ["resend", "smtp"]],
  ["in the operator's order, the other one too", [smtp, resend], [], ["smtp", "resend"]],
  ["past one that is out", [out(resend), smtp], [], ["smtp"]],
  ["where all are out by the first alone", [out(resend), out(smtp)], [], ["resend"]],
  ["by the one that knows repeats first", [smtp, resend], ["resend"], ["resend", "smtp"]],
  ["again by one that does not as the last", [smtp, resend], ["smtp"], ["resend", "smtp"]],
  ["by another once more as the last", [resend, smtp], ["resend", "smtp"], ["resend", "smtp"]],
  ["by another while the first is out", [out(resend), smtp], ["resend"], ["smtp"]],
  ["and then again while it is", [out(resend), smtp], ["resend", "smtp"], ["smtp"]],
  ["again while none that lacks it is there", [out(resend), smtp], ["smtp"], ["smtp"]],
  ["not again by one that is out", [resend, out(smtp)], ["smtp"], ["resend"]],
  ["by one that lacks it where all are out", [out(smtp), out(resend)], ["smtp"], ["resend"]],
  ["again where no other is", [smtp], ["smtp", "smtp"], ["smtp"]],
  ["after a batch as one mail", [resend, smtp], ["resend-batch"], ["resend", "smtp"]],
])("a mail leaves %s", (_, ways, unsure, expected) => {
  expect(namesOf(waysToAsk(ways, unsure))).toEqual(expected);
});

test.each([
  [[], resend, false],
  [["resend"], resend, false],
  [["resend"], smtp, true],
  [["smtp"], smtp, true],
  [["smtp"], resend, true],
  [["smtp", "resend"], resend, true],
  [["resend", "smtp"], resend, false],
  [["resend-batch"], resend, true],
])("where %j may have it, what goes to %o says that it may come twice: %s", (unsure, way, says) => {
  expect(maySendTwice(unsure, way)).toBe(says);
});

test("what may be one more copy is sent ever later", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 40].map(unsureDelaySeconds);
  expect(delays).toEqual([5, 25, 125, 625, 3125, 15_625, 21_600, 21_600]);
});
