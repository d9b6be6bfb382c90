import { expect, test } from "vitest";
import { judgePublication, type PublicationFacts } from "@/lib/templates/rules/judge-publication";

const facts: PublicationFacts = {
  draft: { revision: "b", base: 3n, isWaiting: true },
  ...{ seen: "b", newest: 3n, isAuthor: false, onePersonMayPublish: false },
};

const draft = { revision: "b", base: 3n, isWaiting: true };

test.each<[string, Partial<PublicationFacts>, object]>([
  ["P1 there is no draft", { draft: null }, { kind: "nothing-to-publish" }],
  ["P2 another revision was shown", { seen: "a" }, { kind: "outdated" }],
  ["P2 no revision was shown", { seen: "" }, { kind: "outdated" }],
  ["P3 a newer version is live", { newest: 4n }, { kind: "outdated" }],
  ["P4 nobody asked", { draft: { ...draft, isWaiting: false } }, { kind: "not-asked" }],
  ["P5 an author", { isAuthor: true }, { kind: "own-text" }],
  ["P6 one is enough", { isAuthor: true, onePersonMayPublish: true }, { kind: "may-publish" }],
  ["P7 a second person", {}, { kind: "may-publish" }],
])("%s", (_, more, verdict) => {
  expect(judgePublication({ ...facts, ...more })).toEqual(verdict);
});

test("the first that holds decides", () => {
  const all = { isAuthor: true, seen: "a", draft: { ...draft, isWaiting: false } } as const;
  expect(judgePublication({ ...facts, ...all }).kind).toBe("outdated");
  expect(judgePublication({ ...facts, ...all, seen: "b" }).kind).toBe("not-asked");
  expect(judgePublication({ ...facts, ...all, onePersonMayPublish: true }).kind).toBe("outdated");
});
