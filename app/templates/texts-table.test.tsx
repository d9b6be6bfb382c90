import { expect, test, vi } from "vitest";
import { TextsTable } from "@/app/templates/texts-table";
import { locales } from "@/lib/i18n/locales";
import { renderPage } from "@/lib/server/straight/render-page";
import type { ListedText } from "@/lib/templates/list-texts";

vi.mock("@/lib/log/request-context", async (original) => ({
  ...(await original<typeof import("@/lib/log/request-context")>()),
  requestBrought: () => ({
    headers: new Headers({ "accept-language": "en" }),
    cookies: { get: () => undefined, set() {}, take: () => [] },
  }),
}));

const words = { when: () => "" } as unknown as Parameters<typeof TextsTable>[0]["words"];
const listed = (subject: string): ListedText => ({
  subject,
  languages: locales.map((language) => ({
    ...{ language, state: "published", isBuiltInChanged: false, changed: null },
    ...{ sent: 7, fellBackAt: null },
  })),
});

test.each([
  ["mails", "sign-in-code", "Email", ["Changed last", "Last 30 days"]],
  ["blocks, which go out in mails alone", "block:opening-hours", "Block", ["Changed last"]],
])("the list of %s says of what it is, and counts mails alone", async (_, subject, first, last) => {
  const html = await renderPage(
    <TextsTable texts={[listed(subject)]} words={words} caption="All" />,
  );
  const headings = [...html.matchAll(/<th [^>]*scope="col"[^>]*>([^<]*)</g)].map(
    ([, text]) => text,
  );
  expect(headings).toEqual([first, "English", "Français", "Português", "Español", ...last]);
  expect(html.includes(">28<")).toBe(last.includes("Last 30 days"));
});
