import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cursorText, pageOf, ROWS_PER_PAGE, readCursor } from "@/lib/history/rules/page-cursor";

const row = () => ({ at: new Date("2026-11-22T12:00:00.123Z"), id: randomUUID() });

test("a cursor survives its address", () => {
  const cursor = row();
  expect(readCursor(cursorText(cursor))).toEqual(cursor);
});

test("anything else is no cursor, and throws nothing", () => {
  fc.assert(fc.property(fc.string(), (text) => readCursor(text) === null));
  expect(readCursor(null)).toBeNull();
  expect(readCursor(`1${"0".repeat(20)}-${randomUUID()}`)).toBeNull();
});

test("a page says where the next one goes on, the last one does not", () => {
  const rows = Array.from({ length: ROWS_PER_PAGE + 1 }, row);
  expect(pageOf(rows)).toEqual({
    rows: rows.slice(0, ROWS_PER_PAGE),
    next: cursorText(rows[ROWS_PER_PAGE - 1] as ReturnType<typeof row>),
  });
  expect(pageOf(rows.slice(0, ROWS_PER_PAGE)).next).toBeNull();
  expect(pageOf([])).toEqual({ rows: [], next: null });
});
