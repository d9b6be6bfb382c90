import { expect, test } from "vitest";
import { settledAt, spansToFold } from "@/lib/figures/rules/quarters";

const at = (text: string) => new Date(`2026-11-${text}Z`);
const now = at("22T12:20:00");

test("a quarter is settled a minute after its end", () => {
  expect(settledAt(at("22T12:15:59.999"))).toEqual(at("22T12:00:00"));
  expect(settledAt(at("22T12:16:00"))).toEqual(at("22T12:15:00"));
});

test("from the mark on and an hour before it, up to what is settled", () => {
  expect(spansToFold(at("22T12:00:00"), now)).toEqual([
    { from: at("22T11:00:00"), to: at("22T12:15:00") },
  ]);
});

test("with nothing counted, or long ago, it begins where figures do, in spans that touch", () => {
  for (const mark of [null, new Date("2026-01-01T00:00:00Z")]) {
    const spans = spansToFold(mark, now);
    expect(spans[0]?.from).toEqual(new Date("2026-10-21T12:15:00Z"));
    expect(spans.at(-1)?.to).toEqual(at("22T12:15:00"));
    for (const [index, { from }] of spans.entries()) {
      if (index > 0) expect(from).toEqual(spans[index - 1]?.to);
    }
  }
});

test("a mark that is ahead lets the last hour be counted, and no more", () => {
  expect(spansToFold(at("29T00:00:00"), now)).toEqual([
    { from: at("22T11:15:00"), to: at("22T12:15:00") },
  ]);
});
