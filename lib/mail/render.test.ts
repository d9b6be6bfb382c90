import { beforeEach, describe, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { locales } from "@/lib/i18n/locales";
import { kindsWith, type MailKind, mailKinds } from "@/lib/mail/kinds";
import { renderMail } from "@/lib/mail/render";
import {
  code,
  everything,
  mail,
  numbers,
  render,
  setUpHost,
  withFacts,
} from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

const codeMails = kindsWith({ carries: "code" });
const isCodeMail = (kind: MailKind) => (codeMails as MailKind[]).includes(kind);

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
      expect(part).toMatch(/2026.*14:32, (Lisbon time|heure de Lisbonne|hora de Lisboa)/);
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

  test.each(codeMails)("%s has its code as the rules say", async (kind) => {
    const { subject, html, text } = await render(kind, locale);
    expect(subject.startsWith(`${code} `)).toBe(true);
    expect(text.split("\n")).toContain(code);
    expect(numbers(text)).toEqual([code]);
    expect(html).toContain(`>${code}<`);
    expect(text).toContain("14:42 ");
    expect(text).toMatch(/10 minut/);
  });

  test.each(mailKinds.filter((kind) => !isCodeMail(kind)))(
    "%s has no code, nor a number that could be taken for one",
    async (kind) => {
      const { subject, html, text } = await render(kind, locale);
      expect(numbers(subject)).toEqual([]);
      expect(numbers(text)).toEqual([]);
      expect(html).not.toContain(code);
    },
  );
});

test("the mails with a code are these, and no other", () => {
  const expected = ["sign-in-code", "sign-up-code", "widening-code", "new-address-code"];
  expect(codeMails.sort()).toEqual(expected.sort());
});

test.each(codeMails)("%s without its code or its end is an error", async (kind) => {
  const row = mail(kind);
  await expect(renderMail(row)).rejects.toThrow(/needs its code/);
  await expect(renderMail(row, { code: "12345" })).rejects.toThrow(/needs its code/);
  const endless = withFacts(row, { until: undefined });
  await expect(renderMail(endless, { code })).rejects.toThrow(/its end/);
});

test.each(codeMails)(
  "the code of %s stays the only six-digit number whatever the customer, browser or host is called",
  async (kind) => {
    const named = { accountEmail: "123456@example.com", browser: "Browser 654321" };
    const { text } = await renderMail(withFacts(mail(kind), named), { code });
    expect(numbers(text)).toEqual([code]);
    expect(text).toContain("12••56@example.com");
    expect(text).toContain("+351 210 123 456");
  },
);

test("a change is mailed with what it was about, before where it came from", async () => {
  const about = { place: "203.0.113.0/24", placeName: "<b>Office</b>" };
  const { html, text } = await renderMail(withFacts(mail("place-added"), { about }));
  expect(text).toMatch(/Place +203\.0\.113\.0\/24\nIts name +<b>Office<\/b>\nAccount /);
  expect(html).not.toContain("<b>Office");
});

test("changed details are named in the mail's language", async () => {
  const about = { details: ["name" as const, "time-zone" as const] };
  const { text } = await renderMail(withFacts(mail("details-changed", "fr"), { about }));
  expect(text).toMatch(/Modifié +nom et fuseau horaire/);
});

test("a secured account's mail says until when the network is blocked, if it is", async () => {
  const row = mail("account-secured");
  expect((await renderMail(row)).text).toMatch(/blocked until +14:42 /);
  const { text } = await renderMail(withFacts(row, { until: undefined }));
  expect(text).not.toContain("blocked until");
});

test("a code for staff names no network we do not know", async () => {
  const known = (await render("sign-in-code")).text;
  expect(known).toContain("from a place we do not know yet");
  const about = { role: "support" as const };
  const { text } = await renderMail(withFacts(mail("sign-in-code"), { about }), everything);
  expect(text).toContain("a code is asked for at every sign-in");
  expect(text).not.toContain("do not know yet");
});

test("a reset mail says how long its link works", async () => {
  expect((await render("password-reset")).text).toContain("10 minutes, until 14:42 in Lisbon");
});

test("a code sent again says what is left of its time", async () => {
  const row = { ...mail("sign-in-code"), createdAt: new Date("2026-11-22T14:38:00Z") };
  const { text } = await renderMail(row, { code });
  expect(text).toContain("4 minutes, until 14:42 in Lisbon");
});

test("an end after midnight says the day", async () => {
  const row = {
    ...withFacts(mail("sign-in-code"), { until: "2026-11-23T00:05:00Z" }),
    timeZone: "UTC",
    createdAt: new Date("2026-11-22T23:55:00Z"),
  };
  const { text } = await renderMail(row, { code });
  expect(text).toMatch(/until 00:05 UTC \((23 November|November 23)\)/);
});

test("without a zone of the customer's, or with one that is none, TIME_ZONE is used", async () => {
  process.env.TIME_ZONE = "America/Sao_Paulo";
  resetEnvironment();
  for (const timeZone of [null, "Nowhere/Land"]) {
    const { text } = await renderMail({ ...mail("sign-in-code"), timeZone }, { code });
    expect(text).toContain("11:32, São Paulo time");
  }
  delete process.env.TIME_ZONE;
});

test("what is not known is said to be so, and an address at home is no country", async () => {
  const unknown = { ip: null, countryCode: null, browser: null, system: null };
  const row = withFacts(mail("new-browser"), unknown);
  expect((await renderMail(row)).text.match(/Unknown/g)).toHaveLength(4);
  const atHome = withFacts(row, { ip: "192.168.1.20" });
  expect((await renderMail(atHome)).text).toContain("Local network");
});

test("hostile facts and names are text, not markup", async () => {
  const browser = '<img src="https://evil.example/x">';
  const { html, text } = await renderMail(withFacts(mail("new-browser"), { browser }));
  expect(html).not.toContain("<img");
  expect(html).toContain("Casa &amp; Host");
  expect(text).toContain("Casa & Host");
});

test("the logo is the only picture, and its text stands in when pictures are off", async () => {
  process.env.BRAND_LOGO_URL = "https://cdn.host.example/logo.png";
  resetEnvironment();
  const { html } = await renderMail(mail("place-trusted"));
  expect(html.match(/<img [^>]*>/g)).toHaveLength(1);
  expect(html).toMatch(/<img alt="Casa &amp; Host"|<img [^>]*alt="Casa &amp; Host"/);
});

test("a block says its end and reference, and is an error without them", async () => {
  const { text } = await render("sign-in-blocked");
  expect(text).toContain("cannot sign in until 14:42 ");
  expect(text).toContain("K7QM-2PX");
  const lacks = (facts: object) => renderMail(withFacts(mail("sign-in-blocked"), facts));
  await expect(lacks({ reference: undefined })).rejects.toThrow("needs its reference.");
  await expect(lacks({ until: undefined })).rejects.toThrow("needs its end.");
  await expect(lacks({ reference: undefined, until: undefined })).rejects.toThrow(
    "needs its end and its reference.",
  );
});

test("used-up codes: new networks wait until a time, or until a new password", async () => {
  const row = mail("someone-knows-your-password");
  expect((await renderMail(row)).text).toContain("again from 14:42 ");
  const { text } = await renderMail(withFacts(row, { until: undefined }));
  expect(text).toContain("once you have chosen a new password");
});

test.each<MailKind>(["sign-in-code", "case-reminder"])(
  "the same row of %s gives the same mail, so that a repeated request is recognised",
  async (kind) => {
    expect(await renderMail(mail(kind), everything)).toEqual(await render(kind));
  },
);

test("support contacts are shown when set and not otherwise", async () => {
  const row = mail("new-browser");
  expect((await renderMail(row)).text).toContain("help@host.example");
  for (const name of ["PHONE", "HOURS", "EMAIL"]) delete process.env[`SUPPORT_${name}`];
  resetEnvironment();
  expect((await renderMail(row)).text).not.toContain("Need help");
});

test("a place's new name, which versions before mailed, is shown alone and among others", async () => {
  const about = { place: "203.0.113.7", placeName: "Office", placeNameBefore: "Home" };
  const alone = await renderMail(withFacts(mail("place-renamed"), { about }), everything);
  expect(alone.text).toMatch(/Its name +Office\nIts name before +Home\n/);
  const { at, ip, browser, system } = mail("place-renamed").facts;
  const more = {
    ...{ kind: "place-renamed" as const, count: 1, first: at },
    items: [{ at, ip, browser, system, about }],
  };
  const { text } = await renderMail(withFacts(mail("more-notices"), { more }), everything);
  expect(text).toContain("Its name: Office; Its name before: Home; 203.0.113.42");
});
