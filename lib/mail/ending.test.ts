import { beforeEach, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";
import { contentsOf } from "@/lib/mail/mail-contents";
import { mailCopy } from "@/lib/mail/mail-copy";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import { noFrame } from "@/lib/mail-document/frame";
import {
  appUrl,
  code,
  everything,
  mail,
  numbers,
  render,
  setUpHost,
} from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

const framed = (kind: Parameters<typeof mail>[0], frame: Partial<typeof noFrame>) =>
  renderBuiltIn(contentsOf(mail(kind, "pt"), everything), { ...noFrame, ...frame });

test.each(locales)(
  "in %s every mail ends by why it came and its own reference, and where to ask about it",
  async (locale) => {
    for (const kind of mailKinds) {
      const { html, text } = await render(kind, locale);
      const reference = mailReferenceOf(mail(kind).id);
      const [footer, last] = text.split("\n\n").slice(-2);
      const { mailReference, wasItUs } = mailCopy[locale].shared;
      const page = `${appUrl}/help/was-it-us`;
      const lines = [mailReference.replace("{mail}", reference), wasItUs, page];
      expect([kind, last?.split("\n")]).toEqual([kind, lines]);
      expect(html.split(`href="${page}"`)).toHaveLength(2);
      expect(footer).toContain("Casa & Host");
      expect(html).toContain(reference);
    }
  },
);

test.each(mailKinds)(
  "in %s the facts come before what to do if it was somebody else",
  async (kind) => {
    const { text } = await render(kind);
    const { notYouTitle, staffDoubtTitle, studioLink } = mailCopy.en.shared;
    const { notYou } = mailCopy.en[kind] as { notYou?: string };
    const words = [notYouTitle, staffDoubtTitle, studioLink, notYou ?? notYouTitle];
    const ends = words.map((one) => text.indexOf(`\n\n${one}`));
    expect(Math.max(...ends)).toBeGreaterThan(text.indexOf("Windows 11"));
  },
);

test("what is set once for all mails stands in the built-in ones", async () => {
  const { html, text } = await framed("new-browser", {
    ...{ logo: "abcdefgh1234", light: "#ffcc00", dark: "#102030" },
    ...{ footer: { pt: "Porque sim.\nE basta.", en: "Because." }, legal: { pt: "Casa, Lda." } },
  });
  expect(html).toContain('src="https://customers.host.example/mail-images/abcdefgh1234"');
  expect(text).toContain("\n\nPorque sim.\n\nE basta.\n\n");
  expect(text.endsWith("\n\nCasa, Lda.")).toBe(true);
  expect(text).not.toContain("diz respeito");
  // Made readable: a yellow link could not be read on white.
  expect(html).not.toContain("#ffcc00");
  expect(html).not.toBe(
    (await framed("new-browser", { footer: { pt: "Porque sim.\nE basta." } })).html,
  );
});

test("a number in the legal lines of a code mail is not taken for its code", async () => {
  const { text } = await framed("sign-in-code", {
    legal: { pt: "NIPC 123456 \ue000\ue100\ue001" },
  });
  expect(numbers(text)).toEqual([code]);
  expect(text).toContain("NIPC 123 456");
});
