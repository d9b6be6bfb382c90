import { expect, test } from "vitest";
import { isOutdated, type TextState, textStateOf } from "@/lib/templates/rules/text-state";

test.each<[Parameters<typeof textStateOf>[0], TextState]>([
  [{ draft: "waiting", isOutdated: true, isPublished: true }, "waiting"],
  [{ draft: "draft", isOutdated: true, isPublished: true }, "draft"],
  [{ draft: null, isOutdated: true, isPublished: true }, "outdated"],
  [{ draft: null, isOutdated: true, isPublished: false }, "outdated"],
  [{ draft: null, isOutdated: false, isPublished: true }, "published"],
  [{ draft: null, isOutdated: false, isPublished: false }, "built-in"],
])("%j is %s", (facts, state) => {
  expect(textStateOf(facts)).toBe(state);
});

const facts = { isLeading: false, areBuiltIn: false, leading: 5n, own: 3n, seen: 0n };

test("a translation is outdated by a later version of the leading language", () => {
  expect(isOutdated(facts)).toBe(true);
  expect(isOutdated({ ...facts, own: 0n })).toBe(true);
});

test("it is not once it was published or looked at, nor where there is nothing to follow", () => {
  for (const more of [
    { own: 6n },
    { seen: 5n },
    { seen: 6n },
    { isLeading: true },
    { areBuiltIn: true },
    { leading: 0n, own: 0n },
  ]) {
    expect(isOutdated({ ...facts, ...more })).toBe(false);
  }
});

test("a look at an earlier version does not count", () => {
  expect(isOutdated({ ...facts, seen: 4n })).toBe(true);
});
