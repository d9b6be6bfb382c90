import { afterEach, expect, test, vi } from "vitest";
import { isSkipped } from "@/lib/testing/skipping";

afterEach(() => vi.restoreAllMocks());

test("what is skipped is said in one sentence, and of what is not nothing", () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(isSkipped(false, "the moon; nobody is there.")).toBe(false);
  expect(written).not.toHaveBeenCalled();
  expect(isSkipped(true, "the moon; nobody is there.")).toBe(true);
  expect(written.mock.calls).toEqual([["Skipped: the moon; nobody is there.\n"]]);
});
