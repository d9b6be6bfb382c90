import { expect, test } from "vitest";
import {
  judgePublication,
  ownTextOf,
  type PublicationFacts,
} from "@/lib/templates/rules/judge-publication";

const facts: PublicationFacts = {
  draft: { revision: "b", base: 3n, isWaiting: true },
  ...{ seen: "b", newest: 3n, own: null, onePersonMayPublish: false },
};

const draft = { revision: "b", base: 3n, isWaiting: true };

test.each<[string, Partial<PublicationFacts>, object]>([
  ["P1 there is no draft", { draft: null }, { kind: "nothing-to-publish" }],
  ["P2 another revision was shown", { seen: "a" }, { kind: "outdated" }],
  ["P2 no revision was shown", { seen: "" }, { kind: "outdated" }],
  ["P3 a newer version is live", { newest: 4n }, { kind: "outdated" }],
  ["P4 nobody asked", { draft: { ...draft, isWaiting: false } }, { kind: "not-asked" }],
  ["P5 an author", { own: "author" }, { kind: "own-text", because: "author" }],
  ["P6 their browser", { own: "same-browser" }, { kind: "own-text", because: "same-browser" }],
  [
    "P7 their guest",
    { own: "invited-by-author" },
    { kind: "own-text", because: "invited-by-author" },
  ],
  ["P8 one is enough", { own: "author", onePersonMayPublish: true }, { kind: "may-publish" }],
  ["P9 a second person", {}, { kind: "may-publish" }],
])("%s", (_, more, verdict) => {
  expect(judgePublication({ ...facts, ...more })).toEqual(verdict);
});

test("the first that holds decides", () => {
  const all = { own: "author", seen: "a", draft: { ...draft, isWaiting: false } } as const;
  expect(judgePublication({ ...facts, ...all }).kind).toBe("outdated");
  expect(judgePublication({ ...facts, ...all, seen: "b" }).kind).toBe("not-asked");
  expect(judgePublication({ ...facts, ...all, onePersonMayPublish: true }).kind).toBe("outdated");
});

const rui = { id: "rui", sponsors: ["eva"], sharesBrowser: false };

test("P5 whoever wrote any of it is an author", () => {
  expect(ownTextOf(rui, ["ana", "rui"])).toBe("author");
  expect(ownTextOf(rui, ["ana"])).toBeNull();
  expect(ownTextOf(rui, [])).toBeNull();
});

test("P6 whoever acts in a browser of an author's is that author", () => {
  expect(ownTextOf({ ...rui, sharesBrowser: true }, ["ana"])).toBe("same-browser");
  expect(ownTextOf({ ...rui, sharesBrowser: true }, [])).toBeNull();
});

test("P7 whoever owes their role to an author is their guest, and not the other way round", () => {
  expect(ownTextOf(rui, ["ana", "eva"])).toBe("invited-by-author");
  expect(ownTextOf({ ...rui, id: "eva", sponsors: [] }, ["rui"])).toBeNull();
});
