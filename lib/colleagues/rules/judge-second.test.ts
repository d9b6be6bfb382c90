import { expect, test } from "vitest";
import { type Colleague, joinedAfter, tieBetween } from "@/lib/colleagues/rules/judge-second";

const began = new Date("2026-11-22T12:00:00Z");
const before = new Date(began.getTime() - 1);
const later = new Date(began.getTime() + 1);

const colleague = (id: string, more: Partial<Colleague> = {}): Colleague => ({
  id,
  since: before,
  sponsors: [],
  browserId: null,
  ...more,
});

test.each([
  ["in that very moment", began, true],
  ["after it", later, true],
  ["before it", before, false],
  ["longer ago than was noted", null, false],
])("who joined %s", (_, since, after) => {
  expect(joinedAfter({ since }, began)).toBe(after);
});

const both = (one: Colleague, other: Colleague) => {
  const tie = tieBetween(one, other);
  expect(tieBetween(other, one), "the other way round").toBe(tie);
  return tie;
};

test("one account is one person", () => {
  expect(both(colleague("ana"), colleague("ana"))).toBe("same");
});

test("who owes their role to the other is theirs, through others too, whoever acts first", () => {
  const rui = colleague("rui", { sponsors: ["ana"] });
  const eva = colleague("eva", { sponsors: ["rui", "ana"] });
  expect(both(colleague("ana"), rui)).toBe("invited");
  expect(both(rui, eva)).toBe("invited");
  expect(both(colleague("ana"), eva)).toBe("invited");
});

test("two whom a third invited are two", () => {
  const [rui, eva] = [
    colleague("rui", { sponsors: ["ana"] }),
    colleague("eva", { sponsors: ["ana"] }),
  ];
  expect(both(rui, eva)).toBeNull();
});

test("one browser is one person; browsers that were not noted are not the same one", () => {
  const here = { browserId: "b" };
  expect(both(colleague("ana", here), colleague("rui", here))).toBe("same-browser");
  expect(both(colleague("ana", here), colleague("rui", { browserId: "c" }))).toBeNull();
  expect(both(colleague("ana"), colleague("rui"))).toBeNull();
});
