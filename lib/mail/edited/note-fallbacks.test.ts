import { expect, test, vi } from "vitest";
import { log } from "@/lib/log/log";
import { noteFallbacks } from "@/lib/mail/edited/note-fallbacks";

const countFallback = vi.hoisted(() => vi.fn(async () => {}));
vi.mock("@/lib/mail/edited/fallback-store", () => ({ countFallback }));

test("each is counted, and the log warns of a text once an hour; what fails there fails nothing", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  const one = { subject: "new-browser", language: "en", reason: "no code" };
  const other = { ...one, language: "fr" };
  const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
  noteFallbacks([one, other], at("14:01"));
  noteFallbacks([one], at("14:59"));
  expect(warn).toHaveBeenCalledTimes(2);
  countFallback.mockRejectedValueOnce(new Error("the database is away"));
  noteFallbacks([one], at("15:00"));
  expect(warn).toHaveBeenCalledTimes(3);
  expect(countFallback).toHaveBeenCalledTimes(4);
  expect(countFallback).toHaveBeenLastCalledWith(one, at("15:00"));
  warn.mockRestore();
});
