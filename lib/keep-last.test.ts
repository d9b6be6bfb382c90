import { expect, test } from "vitest";
import { keepLast } from "@/lib/keep-last";

test("what was asked for last is kept, and what nobody asked for is made again", () => {
  const made: string[] = [];
  const kept = keepLast<string>(2);
  const ask = (key: string) =>
    kept(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(["a", "b", "a", "c", "a", "b"].map(ask)).toEqual(["A", "B", "A", "C", "A", "B"]);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("what could not be made is tried again", () => {
  const kept = keepLast<string>(2);
  const fail = () => {
    throw new Error("not now");
  };
  expect(() => kept("a", fail)).toThrow("not now");
  expect(kept("a", () => "made")).toBe("made");
});
