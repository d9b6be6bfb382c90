import { beforeEach, describe, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env";
import { locales } from "@/lib/i18n/locales";
import {
  carriesCode,
  carriesConfirmLink,
  carriesResetLink,
  type MailKind,
  mailKinds,
  tellsOfChange,
} from "@/lib/mail/facts";
import { renderMail } from "@/lib/mail/render";

const createdAt = new Date("2026-11-22T14:32:05Z");
const code = "048291";
const resetToken = "q-_A1".repeat(13).slice(0, 64);

const confirmToken = "c-_B2".repeat(13).slice(0, 64);
const notMeToken = "n-_C3".repeat(13).slice(0, 64);
const notMeLink = `https://customers.host.example/not-me?token=${notMeToken}`;

/** Every security mail: what an account is told of, or asked a code for. */
const saysNotMe = (kind: MailKind) =>
  tellsOfChange(kind) ||
  [
    "sign-in-code",
    "confirm-old-email",
    "widening-code",
    "place-trusted",
    "sign-in-blocked",
    "new-browser",
    "someone-knows-your-password",
    "password-changed",
  ].includes(kind);

const mail = (kind: MailKind, locale = "en") => ({
  kind,
  locale,
  timeZone: "Europe/Lisbon" as string | null,
  createdAt,
  facts: {
    accountEmail: "maria.silva@example.com",
    ip: "203.0.113.42" as string | null,
    countryCode: "BR" as string | null,
    browser: "Chrome 156" as string | null,
    system: "Windows 11" as string | null,
    at: createdAt.toISOString(),
    until: "2026-11-22T14:42:05Z",
    reference: "K7QM-2PX",
  },
});

const render = (kind: MailKind, locale = "en") =>
  renderMail(mail(kind, locale), {
    ...(carriesCode(kind) ? { code } : {}),
    ...(carriesResetLink(kind) ? { resetToken } : {}),
    ...(carriesConfirmLink(kind) ? { confirmToken } : {}),
    ...(saysNotMe(kind) ? { notMeToken } : {}),
  });

const numbers = (text: string) => text.match(/(?<!\d)\d{6}(?!\d)/g) ?? [];

beforeEach(() => {
  process.env.APP_URL = "https://customers.host.example";
  process.env.BRAND_NAME = "Casa & Host";
  process.env.SUPPORT_PHONE = "+351 210 123456";
  process.env.SUPPORT_HOURS = "9–18 h";
  process.env.SUPPORT_EMAIL = "help@host.example";
  process.env.EMAIL_TRANSPORT = "smtp";
  process.env.SMTP_URL = "smtp://127.0.0.1:2525";
  delete process.env.BRAND_LOGO_URL;
  resetEnvironment();
});

const countries = { en: "Brazil", fr: "Brésil", pt: "Brasil", es: "Brasil" };

describe.each(locales)("in %s", (locale) => {
  test.each(mailKinds)("%s names account, IP, country, browser, system and time", async (kind) => {
    const { html, text } = await render(kind, locale);
    for (const part of [html, text]) {
      expect(part).toContain("maria.silva@example.com");
      expect(part).toContain("203.0.113.42");
      expect(part).toContain(countries[locale]);
      expect(part).toContain("Chrome 156");
      expect(part).toContain("Windows 11");
      expect(part).toMatch(/2026.*14:32 (UTC|GMT|WET)/);
      expect(part).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });

  test.each(mailKinds)("%s links to APP_URL alone and fetches nothing", async (kind) => {
    const { html, text } = await render(kind, locale);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? "");
    for (const link of links) expect(link).toMatch(/^https:\/\/customers\.host\.example\//);
    for (const link of links) expect(text.split("\n")).toContain(link);
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import/);
  });

  test.each(mailKinds)("%s says its language and has the look for dark mode", async (kind) => {
    const { html } = await render(kind, locale);
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${locale}"`));
    expect(html.match(/lang="(\w+)"/g)).toEqual(Array(3).fill(`lang="${locale}"`));
    expect(html).toContain('name="color-scheme"');
    expect(html).toContain("prefers-color-scheme: dark");
  });

  test.each(mailKinds.filter(carriesCode))("%s has its code as the rules say", async (kind) => {
    const { subject, html, text } = await render(kind, locale);
    expect(subject.startsWith(`${code} `)).toBe(true);
    expect(text.split("\n")).toContain(code);
    expect(numbers(text)).toEqual([code]);
    expect(html).toContain(`>${code}<`);
    expect(text).toContain("14:42 ");
    expect(text).toMatch(/10 minut/);
  });

  test.each(mailKinds.filter((kind) => !carriesCode(kind)))("%s has no code", async (kind) => {
    const { subject, text } = await render(kind, locale);
    expect(numbers(subject)).toEqual([]);
    expect(text).not.toContain(code);
  });
});

test.each(mailKinds.filter(saysNotMe))('%s has its link "that was not me", once', async (kind) => {
  const { text, html } = await render(kind);
  const lines = text.split("\n");
  expect(lines.filter((line) => line === notMeLink)).toHaveLength(1);
  expect(lines[lines.indexOf(notMeLink) - 1]).toBe("That was not me");
  expect(html.split(notMeToken)).toHaveLength(2);
});

test.each(mailKinds.filter(saysNotMe))(
  "%s without that link names the ways to a new password instead",
  async (kind) => {
    const { text } = await renderMail(mail(kind), {
      code: carriesCode(kind) ? code : null,
      confirmToken: carriesConfirmLink(kind) ? confirmToken : null,
    });
    expect(text).toContain("https://customers.host.example/forgot-password");
    expect(text).not.toContain("/not-me");
  },
);

test.each(mailKinds.filter(carriesConfirmLink))(
  "%s has its confirming link before any other, and is an error without it",
  async (kind) => {
    const { html, text } = await render(kind);
    const link = `https://customers.host.example/confirm-address?token=${confirmToken}`;
    expect(/href="([^"]*)"/.exec(html)?.[1]).toBe(link);
    expect(text.split("\n").find((line) => line.startsWith("https:"))).toBe(link);
    await expect(renderMail(mail(kind))).rejects.toThrow(/needs the token/);
  },
);

test("a change is told with what it was about, before where it came from", async () => {
  const row = mail("place-added");
  const about = { place: "203.0.113.0/24", placeName: "<b>Office</b>" };
  const { html, text } = await renderMail(
    { ...row, facts: { ...row.facts, about } },
    { notMeToken },
  );
  expect(text).toMatch(/Place +203\.0\.113\.0\/24\nIts name +<b>Office<\/b>\nAccount /);
  expect(html).not.toContain("<b>Office");
});

test("changed details are named in the mail's language", async () => {
  const row = mail("details-changed", "fr");
  const about = { details: ["name" as const, "time-zone" as const] };
  const { text } = await renderMail({ ...row, facts: { ...row.facts, about } }, { notMeToken });
  expect(text).toMatch(/Modifié +nom et fuseau horaire/);
});

test("a secured account's mail says until when the place is blocked, if it is", async () => {
  const row = mail("account-secured");
  expect((await renderMail(row, { notMeToken })).text).toMatch(/blocked until +14:42 /);
  const { until: _, ...facts } = row.facts;
  expect((await renderMail({ ...row, facts }, { notMeToken })).text).not.toContain("blocked until");
});

test("a reset mail has its link alone on a line, says how long it works, and its token nowhere else", async () => {
  const { subject, html, text } = await render("password-reset");
  const link = `https://customers.host.example/reset-password?token=${resetToken}`;
  expect(text.split("\n")).toContain(link);
  expect(text).toContain("10 minutes, until 14:42 ");
  expect(`${subject}${html}${text}`.split(resetToken)).toHaveLength(3);
});

test("a reset mail without its token or its end is an error", async () => {
  const row = mail("password-reset");
  await expect(renderMail(row)).rejects.toThrow(/needs the token/);
  const { until: _, ...facts } = row.facts;
  await expect(renderMail({ ...row, facts }, { resetToken })).rejects.toThrow(/its end/);
});

test("the code stays the only six-digit number whatever the customer, browser or host is called", async () => {
  const row = mail("sign-in-code");
  row.facts.accountEmail = "123456@example.com";
  row.facts.browser = "Browser 654321";
  const { text } = await renderMail(row, { code });
  expect(numbers(text)).toEqual([code]);
  expect(text).toContain("12••56@example.com");
  expect(text).toContain("+351 210 123 456");
});

test("a code mail without its code or its end is an error", async () => {
  const row = mail("sign-in-code");
  await expect(renderMail(row)).rejects.toThrow(/needs its code/);
  await expect(renderMail(row, { code: "12345" })).rejects.toThrow(/needs its code/);
  const { until: _, ...facts } = row.facts;
  await expect(renderMail({ ...row, facts }, { code })).rejects.toThrow(/its end/);
});

test("a code sent again says what is left of its time", async () => {
  const row = { ...mail("sign-in-code"), createdAt: new Date("2026-11-22T14:38:00Z") };
  const { text } = await renderMail(row, { code });
  expect(text).toContain("4 minutes, until 14:42 ");
});

test("an end after midnight says the day", async () => {
  const row = mail("sign-in-code");
  row.timeZone = "UTC";
  row.createdAt = new Date("2026-11-22T23:55:00Z");
  row.facts.until = "2026-11-23T00:05:00Z";
  const { text } = await renderMail(row, { code });
  expect(text).toMatch(/until 00:05 UTC \((23 November|November 23)\)/);
});

test("without a zone of the customer's, or with one that is none, TIME_ZONE is used", async () => {
  process.env.TIME_ZONE = "America/Sao_Paulo";
  resetEnvironment();
  for (const timeZone of [null, "Nowhere/Land"]) {
    const { text } = await renderMail({ ...mail("sign-in-code"), timeZone }, { code });
    expect(text).toMatch(/11:32 (GMT|UTC)-3|11:32 BRT/);
  }
  delete process.env.TIME_ZONE;
});

test("what is not known is said to be so, and an address at home is no country", async () => {
  const row = mail("new-browser");
  row.facts = { ...row.facts, ip: null, countryCode: null, browser: null, system: null };
  expect((await renderMail(row)).text.match(/Unknown/g)).toHaveLength(4);
  row.facts.ip = "192.168.1.20";
  expect((await renderMail(row)).text).toContain("Local network");
});

test("hostile facts and names are text, not markup", async () => {
  const row = mail("new-browser");
  row.facts.browser = '<img src="https://evil.example/x">';
  const { html, text } = await renderMail(row);
  expect(html).not.toContain("<img");
  expect(html).toContain("Casa &amp; Host");
  expect(text).toContain("Casa & Host");
});

test("the logo is the only picture, and its text stands in when pictures are off", async () => {
  process.env.BRAND_LOGO_URL = "https://cdn.host.example/logo.png";
  resetEnvironment();
  const { html } = await render("place-trusted");
  expect(html.match(/<img [^>]*>/g)).toHaveLength(1);
  expect(html).toMatch(/<img alt="Casa &amp; Host"|<img [^>]*alt="Casa &amp; Host"/);
});

test("a block says its end and reference, and is an error without them", async () => {
  const { text } = await render("sign-in-blocked");
  expect(text).toContain("blocked until 14:42 ");
  expect(text).toContain("K7QM-2PX");
  const row = mail("sign-in-blocked");
  const { reference: _, ...facts } = row.facts;
  await expect(renderMail({ ...row, facts })).rejects.toThrow(/reference/);
});

test("used-up codes: new places wait until a time, or until a new password", async () => {
  const row = mail("someone-knows-your-password");
  expect((await renderMail(row)).text).toContain("again from 14:42 ");
  const { until: _, ...facts } = row.facts;
  const { text } = await renderMail({ ...row, facts });
  expect(text).toContain("once you have chosen a new password");
});

test("the same row gives the same mail, so that a repeated request is recognised", async () => {
  expect(await render("sign-in-code")).toEqual(await render("sign-in-code"));
});

test("support contacts are shown when set and not otherwise", async () => {
  expect((await render("new-browser")).text).toContain("help@host.example");
  for (const name of ["PHONE", "HOURS", "EMAIL"]) delete process.env[`SUPPORT_${name}`];
  resetEnvironment();
  expect((await render("new-browser")).text).not.toContain("Need help");
});
