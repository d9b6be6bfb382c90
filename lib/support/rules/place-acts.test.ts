import { expect, test } from "vitest";
import { placeActs, troubleKinds } from "@/lib/support/rules/place-acts";

const facts = { mayAct: true, troubles: [], isPasswordOff: false, isIn: true };

test("whoever may not act sees no act, whatever is wrong", () => {
  const placed = placeActs({ ...facts, mayAct: false, troubles: troubleKinds });
  expect(placed).toEqual({ beside: {}, others: [] });
});

test("with nothing wrong all stand in the list, but those that would do nothing", () => {
  const all = [
    "hotline-pass",
    "reset-by-support",
    "password-switched-off",
    "sessions-ended-by-support",
  ];
  expect(placeActs(facts)).toEqual({ beside: {}, others: all });
  expect(placeActs({ ...facts, isIn: false }).others).toEqual(all.slice(0, 3));
  const off = placeActs({ ...facts, isPasswordOff: true }).others;
  expect(off).not.toContain("password-switched-off");
});

test.each([
  ["password-off", "reset-by-support"],
  ["codes-used-up", "reset-by-support"],
  ["wrong-passwords", "reset-by-support"],
  ["pending", "hotline-pass"],
] as const)("%s has beside it what mends it: %s", (kind, act) => {
  const { beside, others } = placeActs({ ...facts, troubles: [kind] });
  expect(beside).toEqual({ [kind]: act });
  expect(others).not.toContain(act);
});

test("an act stands once: beside the first trouble that it mends", () => {
  const troubles = troubleKinds.toReversed();
  const { beside, others } = placeActs({ ...facts, troubles });
  expect(beside).toEqual({ "password-off": "reset-by-support", pending: "hotline-pass" });
  expect(others).toEqual(["password-switched-off", "sessions-ended-by-support"]);
});
