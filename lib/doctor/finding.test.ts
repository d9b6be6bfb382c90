import { expect, test } from "vitest";
import { type Finding, ok, withinLimit } from "@/lib/doctor/finding";

const never = () => new Promise<Finding[]>(() => undefined);

test("what hangs is named at the limit of all, and takes nothing from what others found", async () => {
  const begun: string[] = [];
  const found = await withinLimit(50, (inTime) =>
    Promise.all([
      inTime("one", () => {
        begun.push("one");
        return never();
      }),
      inTime("two", async () => {
        begun.push("two");
        return [ok("two", "It is there.")];
      }),
      inTime("three", () => Promise.reject(new Error("no\nsecond line"))),
      inTime("four", never),
    ]),
  );
  // Each begins at once, whatever another does.
  expect(begun).toEqual(["one", "two"]);
  expect(found.flat().map(({ check, level, says }) => [check, level, says])).toEqual([
    ["one", "wrong", "There was no answer in 1 seconds."],
    ["two", "ok", "It is there."],
    ["three", "wrong", "It could not be looked at: no"],
    ["four", "wrong", "There was no answer in 1 seconds."],
  ]);
});
