import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import type { MailWatch } from "@/lib/mail/fate/outage-store";
import { KeptPages } from "@/lib/server/gate/kept-pages";

const mail = vi.hoisted(() => ({ watch: { outage: null, canaryFailedAt: null } as MailWatch }));
vi.mock("@/lib/mail/fate/mail-watch", () => ({ knownMailWatch: () => mail.watch }));

const outage = { because: "slow" as const, beganAt: new Date() };
const request = (url: string) =>
  ({ url, method: "GET", headers: {} }) as unknown as IncomingMessage;
const answer = () =>
  ({ statusCode: 200, getHeaders: () => ({}), req: {} }) as unknown as ServerResponse;
const reader = { chosenLanguage: "en", languages: undefined } as never;
const pageOf = (words: string) => `<html lang="en"><body>${words}</body></html>`;

const look = (pages: KeptPages, url: string) => pages.look(request(url), answer(), reader);

afterEach(() => {
  mail.watch = { outage: null, canaryFailedAt: null };
});

test("a kept sign-in page is made anew while mail is in an outage, and given again after it", () => {
  const pages = new KeptPages();
  look(pages, "/login")?.keep(pageOf("Sign in"));
  expect(look(pages, "/login")?.answer).not.toBeNull();
  mail.watch = { outage, canaryFailedAt: null };
  expect(look(pages, "/login")).toBeNull();
  mail.watch = { outage: null, canaryFailedAt: null };
  expect(look(pages, "/login")?.answer).not.toBeNull();
});

test("what says that mail is in an outage is never kept, whenever that began", () => {
  const pages = new KeptPages();
  look(pages, "/login")?.keep(pageOf('<div data-mail-outage="slow">Late</div>'));
  expect(look(pages, "/login")?.answer).toBeNull();
});

test("other kept pages say nothing of mail", () => {
  const pages = new KeptPages();
  look(pages, "/signup")?.keep(pageOf("Sign up"));
  mail.watch = { outage, canaryFailedAt: null };
  expect(look(pages, "/signup")?.answer).not.toBeNull();
});
