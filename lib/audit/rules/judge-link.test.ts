import { expect, test } from "vitest";
import { judgeEnd, judgeHead, judgeLink } from "@/lib/audit/rules/judge-link";

const last = { seq: 4n, hash: "aa" };
const link = { seq: 5n, hash: "bb", computed: "bb", previous: "aa" };

test("an entry goes on the chain with the next number, its own hash and that of the one before", () => {
  expect(judgeLink(last, link)).toBeNull();
});

test("each fault is named, a number before a hash, and a changed entry before its position", () => {
  expect(judgeLink(last, { ...link, seq: 7n, hash: "x" })).toEqual({ kind: "missing", seq: 5n });
  expect(judgeLink(last, { ...link, seq: 0n })).toEqual({ kind: "out-of-place", seq: 0n });
  expect(judgeLink(last, { ...link, computed: "x", previous: "x" })).toEqual({
    kind: "changed",
    seq: 5n,
  });
  expect(judgeLink(last, { ...link, previous: "x" })).toEqual({
    kind: "does-not-follow",
    seq: 5n,
  });
});

test("a head kept elsewhere must be there with its hash", () => {
  expect(judgeHead(null, link)).toBeNull();
  expect(judgeHead({ seq: 5n, hash: "bb" }, link)).toBeNull();
  expect(judgeHead({ seq: 6n, hash: "cc" }, link)).toBeNull();
  expect(judgeHead({ seq: 5n, hash: "cc" }, link)).toEqual({ kind: "rewritten", seq: 5n });
  expect(judgeEnd(null, last)).toBeNull();
  expect(judgeEnd({ seq: 4n, hash: "aa" }, last)).toBeNull();
  const expected = { seq: 5n, hash: "bb" };
  expect(judgeEnd(expected, last)).toEqual({ kind: "cut-off", expected, last });
});
