import { beforeEach, describe, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { changeMails, type MailKind, mailKinds } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { MailLinkType } from "@/lib/mail/mail-row";
import { renderMail } from "@/lib/mail/render";
import {
  appUrl,
  everything,
  mail,
  render,
  setUpHost,
  tokens,
  withFacts,
} from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

type Link = {
  type: MailLinkType | "confirm" | "not-me";
  token: keyof typeof tokens;
  path: string;
  kinds: readonly MailKind[];
};

/** The links that a mail is nothing without. */
const needed: Link[] = [
  {
    type: "password reset",
    token: "linkToken",
    path: "/reset-password",
    kinds: ["password-reset"],
  },
  {
    type: "confirm",
    token: "linkToken",
    path: "/confirm-address",
    kinds: ["confirm-address", "confirm-old-email", "confirm-new-email"],
  },
  {
    type: "staff-invitation",
    token: "linkToken",
    path: "/staff-invitation",
    kinds: ["staff-invited"],
  },
  {
    type: "case",
    token: "linkToken",
    path: "/recover/status",
    kinds: [
      "case-received",
      "case-question",
      "case-objection",
      "case-approved",
      "case-refused",
      "case-stopped",
      "case-done",
      "factors-case-question",
      "factors-case-refused",
    ],
  },
  {
    type: "object-case",
    token: "linkToken",
    path: "/recover/object",
    kinds: [
      ...(["case-opened", "case-will-change", "case-reminder"] as const),
      ...(["factors-case-opened", "factors-case-will-end"] as const),
    ],
  },
];

/**
 * "That was not me": in every security mail, what an account is notified of or asked a code for.
 */
const notMe: Link = {
  type: "not-me",
  token: "notMeToken",
  path: "/not-me",
  kinds: [
    ...changeMails,
    "sign-in-code",
    "confirm-old-email",
    "widening-code",
    "place-trusted",
    "sign-in-blocked",
    "new-browser",
    "someone-knows-your-password",
    "password-changed",
    "more-notices",
  ],
};

const addressOf = ({ path, token }: Link) => `${appUrl}${path}?token=${tokens[token]}`;
const count = (text: string, part: string) => text.split(part).length - 1;

test.each(mailKinds)("%s has the links that are its own, each once, and no other", async (kind) => {
  const { subject, html, text } = await render(kind);
  for (const link of [...needed, notMe]) {
    const times = link.kinds.includes(kind) ? 1 : 0;
    const lines = text.split("\n").filter((line) => line === addressOf(link));
    expect([link.path, lines.length]).toEqual([link.path, times]);
    expect([link.path, count(html, `"${addressOf(link)}"`)]).toEqual([link.path, times]);
  }
  for (const name of ["linkToken", "notMeToken"] as const) {
    const links = [...needed, notMe].filter(({ token }) => token === name);
    const times = links.filter(({ kinds }) => kinds.includes(kind)).length;
    expect(times).toBeLessThanOrEqual(1);
    const token = tokens[name];
    const counts = [count(subject, token), count(html, token), count(text, token)];
    expect([name, ...counts]).toEqual([name, 0, times, times]);
  }
});

const needing = needed.flatMap((link) => link.kinds.map((kind) => [kind, link] as const));

test.each(needing)("%s has its link before any other", async (kind, link) => {
  const { html, text } = await render(kind);
  expect(/href="([^"]*)"/.exec(html)?.[1]).toBe(addressOf(link));
  expect(text.split("\n").find((line) => line.startsWith("https:"))).toBe(addressOf(link));
});

test.each(needing)("%s without the token of its link is an error", async (kind, { token }) => {
  for (const lacking of [undefined, null, ""]) {
    const carried = { ...everything, [token]: lacking };
    await expect(renderMail(mail(kind), carried)).rejects.toThrow(/needs the token/);
  }
});

test.each<MailKind>([
  "password-reset",
  "confirm-address",
  "confirm-old-email",
  "confirm-new-email",
  "staff-invited",
])("%s without the end of its link is an error", async (kind) => {
  const row = withFacts(mail(kind), { until: undefined });
  await expect(renderMail(row, everything)).rejects.toThrow(/its end/);
});

test.each(notMe.kinds)(
  "%s without its link names the ways to a new password instead",
  async (kind) => {
    const carried = { ...everything, notMeToken: null };
    const { text } = await renderMail(mail(kind), carried);
    expect(text).toContain(`${appUrl}/forgot-password`);
    expect(text).not.toContain("/not-me");
  },
);

describe.each(locales)("in %s", (locale) => {
  const { shared } = mailCopy[locale];
  const label = {
    "password reset": mailCopy[locale]["password-reset"].link,
    confirm: null,
    "staff-invitation": mailCopy[locale]["staff-invited"].link,
    case: shared.caseStatusLink,
    "object-case": shared.objectLink,
    "not-me": shared.notMeLink,
  } as Record<Link["type"], string | null>;

  test.each([...needed, notMe])("the line above the link $path says what it does", async (link) => {
    for (const kind of link.kinds) {
      const { text } = await render(kind, locale);
      const lines = text.split("\n");
      const above = lines[lines.indexOf(addressOf(link)) - 1];
      const { link: own } = mailCopy[locale][kind] as { link?: string };
      expect([kind, above]).toEqual([kind, label[link.type] ?? own]);
    }
  });
});
