import { beforeEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { locales } from "@/lib/i18n/locales";
import { fingerprintOf, isCopyOf } from "@/lib/mail/fingerprint";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { secondCopyOf } from "@/lib/mail/second-copy";
import { render, setUpHost } from "@/lib/testing/rendered-mails";

const [first, second] = ["first-".repeat(6), "second-".repeat(6)];
let mail: RenderedMail;

beforeEach(async () => {
  setUpHost();
  process.env.AUTH_SECRET = first;
  resetEnvironment();
  mail = await render("sign-in-code");
});

test("a whole copy is known, and one of either body, with the subject or without", () => {
  const kept = fingerprintOf(mail);
  for (const copy of [
    mail,
    { ...mail, subject: null },
    { ...mail, html: null },
    { ...mail, text: null },
  ]) {
    expect(isCopyOf(kept, copy)).toBe(true);
  }
  expect(isCopyOf(kept, { ...mail, html: null, text: null })).toBe(false);
});

test.each([true, false])(
  "a second copy, with a code: %s, is as good as the first in any language",
  (hasCode) => {
    const kept = fingerprintOf(mail);
    for (const locale of locales) {
      const second = secondCopyOf(mail, { locale, hasCode });
      expect(second.text).not.toBe(mail.text);
      expect(isCopyOf(kept, second)).toBe(true);
      expect(isCopyOf(kept, { ...second, text: `${second.text} Pay at once.` })).toBe(false);
      const more = second.html.replace("</body>", "<p>Pay at once.</p></body>");
      expect(isCopyOf(kept, { ...second, html: more })).toBe(false);
    }
  },
);

test("where lines end, and how characters are composed, makes no difference", () => {
  const kept = fingerprintOf(mail);
  const wrapped = mail.text.replaceAll("\n", "\r\n").replace("you", "you\t \n");
  const meta = mail.html.replace(
    "<head>",
    '<head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">\n',
  );
  expect(meta).not.toBe(mail.html);
  const copy = { subject: mail.subject.normalize("NFD"), text: `\n${wrapped}\n\n`, html: meta };
  expect(isCopyOf(kept, copy)).toBe(true);
  const accents = { subject: "Votre code", text: "Créé à l’été", html: "<head>" };
  const apart = { ...accents, text: accents.text.normalize("NFD") };
  expect(apart.text).not.toBe(accents.text);
  expect(isCopyOf(fingerprintOf(accents), apart)).toBe(true);
});

const charset = '<meta http-equiv="content-type" content="text/html; charset=utf-8">';
const behindHead =
  (more: string) =>
  ({ html }: RenderedMail) => ({ html: html.replace("<head>", `<head>${more}`) });

test.each<[string, (mail: RenderedMail) => Partial<RenderedMail>]>([
  ["one digit of the code", ({ text }) => ({ text: text.replace("048291", "048292") })],
  [
    "one letter of a link",
    ({ text }) => ({ text: text.replace("https://customers", "https://custorners") }),
  ],
  [
    "a blank within a link",
    ({ text }) => ({ text: text.replace("host.example", "host .example") }),
  ],
  ["an invisible character", ({ text }) => ({ text: `${text}\u200b` })],
  ["a line behind it", ({ text }) => ({ text: `${text}\nYours` })],
  ["a link of the HTML alone", ({ html }) => ({ html: html.replace("/not-me?", "/not-you?") })],
  [
    "the look of the HTML",
    ({ html }) => ({ html: html.replace("</style>", "p{display:none}</style>") }),
  ],
  [
    "a refresh of the HTML",
    ({ html }) => ({
      html: html.replace(
        "<head>",
        '<head><meta http-equiv="refresh" content="0;url=https://b.example">',
      ),
    }),
  ],
  [
    "a refresh that says first what it is and then that it names the charset",
    behindHead(
      '<meta http-equiv="refresh" content="0;url=https://b.example" http-equiv="content-type" content="text/html; charset=utf-8">',
    ),
  ],
  [
    "a refresh whose second name is written otherwise",
    behindHead(
      '<meta http-equiv=refresh http-equiv="content-type" content="text/html; charset=utf-8">',
    ),
  ],
  [
    "a charset whose quotation mark is left open, so that it swallows what follows",
    behindHead('<meta http-equiv="content-type" content="text/html; x>'),
  ],
  [
    "the same anywhere else",
    ({ html }) => ({
      html: html.replace("</p>", '<meta http-equiv="content-type" content="text/html; x></p>'),
    }),
  ],
  ["a charset with another attribute", behindHead(`${charset.slice(0, -1)} id="x">`)],
  [
    "a charset in one that scripts can be written in",
    behindHead(charset.replace("utf-8", "utf-7")),
  ],
  ["a charset that is none", behindHead(charset.replace("utf-8", 'utf-8" x="'))],
  ["two charsets", behindHead(charset + charset)],
  [
    "a charset at another place",
    ({ html }) => ({ html: html.replace("</head>", `${charset}</head>`) }),
  ],
  [
    "a charset behind a second head",
    ({ html }) => ({ html: html.replace("</p>", `</p><head>${charset}`) }),
  ],
  ["a base for links", behindHead('<base href="https://b.example/">')],
  ["a comment", ({ html }) => ({ html: html.replace("</p>", "</p><!-- x -->") })],
  [
    "a link that names us as its user",
    ({ html }) => ({ html: html.replace("https://", "https://host.example@b.example/") }),
  ],
  [
    "a tag with a blank that is none in HTML",
    ({ html }) => ({ html: html.replace("<p ", "<p\u00a0") }),
  ],
  ["a line's separator in a tag", ({ html }) => ({ html: html.replace("<p ", "<p\u2028") })],
  ["a Greek question mark in a style", ({ html }) => ({ html: html.replace(";", "\u037e") })],
  ["a sign of temperature for a letter", ({ html }) => ({ html: html.replace("K", "\u212a") })],
  ["a sign of temperature in the text", ({ text }) => ({ text: text.replace("K", "\u212a") })],
  ["a lookalike in the text", ({ text }) => ({ text: text.replace("a", "\u0430") })],
  [
    "an overlay that joins the end of a tag",
    ({ html }) => ({ html: html.replace(">", ">\u0338") }),
  ],
  [
    "the line of a second copy that stands in a tag",
    (mail) => {
      const { html } = secondCopyOf(mail, { locale: "en", hasCode: true });
      const at = html.lastIndexOf("<p ");
      const line = html.slice(at, html.indexOf("</p>", at) + 4);
      return { html: mail.html.replace("</body>", `</body${line}>`) };
    },
  ],
  ["the subject", () => ({ subject: "Call us" })],
])("%s makes it another mail", (_, change) => {
  const changed = { ...mail, ...change(mail) };
  expect(changed).not.toEqual(mail);
  expect(isCopyOf(fingerprintOf(mail), changed)).toBe(false);
});

test("nothing of a mail is to be found by trying without the secret it was made with", () => {
  const kept = fingerprintOf(mail);
  process.env.AUTH_SECRET = second;
  resetEnvironment();
  expect(isCopyOf(kept, mail)).toBe(false);
  expect(fingerprintOf(mail).equals(kept)).toBe(false);
});

test("a mail of before is known as long as its secret is in the list", () => {
  const kept = fingerprintOf(mail);
  process.env.AUTH_SECRET = `${second},${first}`;
  resetEnvironment();
  expect(isCopyOf(kept, mail)).toBe(true);
  expect(fingerprintOf(mail).equals(kept)).toBe(false);
});

test("parts are not taken for each other, and what is no fingerprint is nobody's", () => {
  const same = { subject: "a", text: "a", html: "a" };
  const kept = fingerprintOf(same);
  expect(new Set([0, 16, 32].map((at) => kept.subarray(at, at + 16).toString("hex"))).size).toBe(3);
  expect(isCopyOf(Buffer.alloc(0), same)).toBe(false);
  expect(isCopyOf(kept.subarray(1), same)).toBe(false);
});
