import { resetEnvironment } from "@/lib/env/env";
import type { MailFacts } from "@/lib/mail/facts";
import type { MailKind } from "@/lib/mail/kinds";
import type { Carried, MailToShow } from "@/lib/mail/mail-to-show";
import { renderMail } from "@/lib/mail/render";
import type { RenderedMail } from "@/lib/mail/rendered-mail";

/** Where the links of rendered mails lead. */
export const appUrl = "https://customers.host.example";

/** The code of the mails that carry one. */
export const code = "048291";

const createdAt = new Date("2026-11-22T14:32:05Z");

/** 64 characters as a token has them, which say by the first whose it is. */
const tokenOf = (letter: string) => `${letter}-_A1`.repeat(13).slice(0, 64);

/** Every token a mail can be given. */
export const tokens = {
  linkToken: tokenOf("q"),
  notMeToken: tokenOf("n"),
} as const satisfies Omit<Carried, "code">;

const gathered: MailFacts["more"] = {
  ...{ kind: "place-added", count: 2, first: "2026-11-22T13:50:00Z" },
  items: ["13:50", "14:05"].map((time) => ({
    ...{ at: `2026-11-22T${time}:00Z`, ip: "203.0.113.42" },
    ...{ browser: "Chrome 156", system: "Windows 11", about: { place: "203.0.113.42" } },
  })),
};

/** A mail of a kind that has everything to say: it ends ten minutes after it was made. */
export function mail(kind: MailKind, locale = "en"): MailToShow {
  return {
    id: "9d3b6f0e-52a7-4c1d-8e94-0b7a61c2f385",
    ownerName: "Maria Silva",
    kind,
    locale,
    timeZone: "Europe/Lisbon",
    createdAt,
    facts: {
      accountEmail: "maria.silva@example.com",
      ip: "203.0.113.42",
      countryCode: "BR",
      browser: "Chrome 156",
      system: "Windows 11",
      at: createdAt.toISOString(),
      until: "2026-11-22T14:42:05Z",
      reference: "K7QM-2PX",
      coolingHours: 24,
      ...(kind === "more-notices" ? { more: gathered } : {}),
    },
  };
}

/** A mail with other facts than it had; `undefined` takes one away. */
export function withFacts(row: MailToShow, facts: Partial<MailFacts>): MailToShow {
  return { ...row, facts: { ...row.facts, ...facts } };
}

/** All that a mail can be given: the code and both tokens, so more than any kind needs. */
export const everything: Carried = { ...tokens, code };

const rendered = new Map<string, Promise<RenderedMail>>();

/** A mail of our host with all it can be given, made once for all tests of a file. */
export function render(kind: MailKind, locale = "en"): Promise<RenderedMail> {
  const key = `${kind} ${locale}`;
  const made = rendered.get(key) ?? renderMail(mail(kind, locale), everything);
  rendered.set(key, made);
  return made;
}

/** The numbers of six digits in a text. */
export const numbers = (text: string) => text.match(/(?<!\d)\d{6}(?!\d)/g) ?? [];

/** Makes us a host with a name, contacts and real mail. */
export function setUpHost(): void {
  process.env.APP_URL = appUrl;
  process.env.BRAND_NAME = "Casa & Host";
  process.env.SUPPORT_PHONE = "+351 210 123456";
  process.env.SUPPORT_HOURS = "9–18 h";
  process.env.SUPPORT_EMAIL = "help@host.example";
  process.env.EMAIL_TRANSPORT = "smtp";
  process.env.SMTP_URL = "smtp://127.0.0.1:2525";
  process.env.EMAIL_FROM = "Casa & Host <no-reply@host.example>";
  delete process.env.BRAND_LOGO_URL;
  resetEnvironment();
}
