import { expect, test, vi } from "vitest";
import { MailLine } from "@/app/code-mails/mail-line";
import type { CodeWay } from "@/lib/challenge/code-way";
import { locales } from "@/lib/i18n/locales";
import { failureReasons } from "@/lib/mail/rules/failure-reason";
import { renderPage } from "@/lib/server/straight/render-page";

const asked = vi.hoisted(() => ({ language: "en" }));
vi.mock("@/lib/log/request-context", async (original) => ({
  ...(await original<typeof import("@/lib/log/request-context")>()),
  requestBrought: () => ({
    headers: new Headers({ "accept-language": asked.language }),
    cookies: { get: () => undefined, set() {}, take: () => [] },
  }),
}));

const at = new Date("2026-11-30T14:02:09Z");
const way = (changes: Partial<CodeWay>): CodeWay => ({
  ...{ shownEmail: "m•••@e•••.com", nth: 0, edition: null, at, source: "webhook", reason: null },
  ...{ state: "delivered", isLate: false, isReplaced: false, isNotTaken: false },
  ...changes,
});

async function lineOf(changes: Partial<CodeWay>, language = "en"): Promise<string> {
  asked.language = language;
  const html = await renderPage(<MailLine way={way(changes)} timeZone="UTC" isWhole={false} />);
  return html.replace(/<[^>]*>/g, "");
}

test.each<[Partial<CodeWay>, RegExp]>([
  [{}, /took the code at 14:02:09/],
  [{ source: "look" }, /had taken the code by 14:02:09/],
  [{ state: "delayed", source: "look" }, /At 14:02:09.*was asking us to wait/],
  [{ state: "refused", reason: "full" }, /refused the code at 14:02:09.*: the mailbox is full/],
  [{ state: "refused", reason: "full", source: "look" }, /had refused the code by 14:02:09/],
  [{ isReplaced: true }, /^One email with the code for m•••@e•••.com was refused. Another one is/],
  [{ state: "accepted", isReplaced: true, isLate: true }, /has not left yet/],
])("of %o the line says %s", async (changes, words) => {
  expect(await lineOf(changes)).toMatch(words);
});

test("in every language what was found by asking is said otherwise than what was reported", async () => {
  for (const language of locales) {
    for (const state of ["delayed", "delivered", "refused"] as const) {
      for (const reason of [null, ...failureReasons]) {
        const reported = await lineOf({ state, reason }, language);
        const found = await lineOf({ state, reason, source: "look" }, language);
        expect(found).not.toBe(reported);
        expect(found).toContain("m•••@e•••.com");
        expect(found).toContain("02:09");
      }
    }
    const replaced = await lineOf({ isReplaced: true }, language);
    expect(replaced).not.toContain("02:09");
  }
});
