import { expect, test } from "vitest";
import { formRegistry } from "@/lib/forms/registry";
import { presses } from "@/lib/server/presses/presses";

test("each step is of a form that there is", () => {
  const names = Object.keys(presses);
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => formRegistry[name] === undefined)).toEqual([]);
});
