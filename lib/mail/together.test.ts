import { expect, test } from "vitest";
import { together } from "@/lib/mail/together";

/** Work that goes on until it is let go, and fails for what a test names. */
function heldWork(failing: string[] = []) {
  const done: string[][] = [];
  const ends: (() => void)[] = [];
  const note = together<string>(async (items) => {
    done.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (items.some((item) => failing.includes(item))) throw new Error(`not ${items.join()}`);
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** Lets what is being done end, and what comes next begin. */
  const letGo = async () => {
    await turn();
    ends.shift()?.();
    await turn();
  };
  return { done, note, letGo };
}

test("what comes while others are done is done next, together", async () => {
  const { done, note, letGo } = heldWork();
  const first = note("a");
  await letGo();
  await first;
  const second = note("b");
  await new Promise((resolve) => setImmediate(resolve));
  const others = [note("c"), note("d")];
  expect(done).toEqual([["a"], ["b"]]);
  await letGo();
  await letGo();
  await Promise.all([second, ...others]);
  expect(done).toEqual([["a"], ["b"], ["c", "d"]]);
});

test("one that fails fails alone", async () => {
  const { done, note, letGo } = heldWork(["b"]);
  const ends = ["a", "b", "c"].map((item) =>
    note(item).then(
      () => "done",
      (error: Error) => error.message,
    ),
  );
  for (let turn = 0; turn < 6; turn++) await letGo();
  expect(await Promise.all(ends)).toEqual(["done", "not b", "done"]);
  expect(done).toEqual([["a", "b", "c"], ["a"], ["b"], ["c"]]);
});
