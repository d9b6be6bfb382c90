import { beforeEach, describe, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { locales } from "@/lib/i18n/locales";
import { codeMailShapes } from "@/lib/mail/compile-early";
import { compiledOf } from "@/lib/mail/compiled-mails";
import { fillMail } from "@/lib/mail/fill-mail";
import { kindsWith, mailKinds, rowOf } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { shapeOf } from "@/lib/mail/mail-shape";
import { renderMail } from "@/lib/mail/render";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import { expectLogged } from "@/lib/testing/logged";
import { casesOf, hostileCases, type MailCase, usualCase } from "@/lib/testing/mails-to-render";
import { code, setUpHost, withFacts } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

/** Renders and fills the same mail, and expects the same bytes, and all that it promises in them. */
async function expectTheSame({ name, mail, carried }: MailCase): Promise<void> {
  const contents = contentsOf(mail, carried);
  const filled = fillMail(await compiledOf(shapeOf(contents)), contents);
  expect([name, filled]).toEqual([name, await renderBuiltIn(contents)]);
  expect([name, lacksOf(filled, contents)]).toEqual([name, []]);
}

describe.each(locales)("in %s", (locale) => {
  test.each(mailKinds)("%s is the same filled as rendered by its template", async (kind) => {
    const [hostile] = hostileCases(kind, locale);
    for (const one of [usualCase(kind, locale), hostile]) if (one) await expectTheSame(one);
  });
});

const oneOfEachTemplate = mailKinds.filter(
  (kind, index) =>
    mailKinds.findIndex((other) => rowOf(other).template === rowOf(kind).template) === index,
);

test.each([
  ...oneOfEachTemplate.map((kind, index) => [kind, locales[index % locales.length]] as const),
  ...(["case-changed", "password-switched-off", "hotline-pass"] as const).map(
    (kind) => [kind, "en"] as const,
  ),
])("whatever %s has to say, it is the same filled as rendered, in %s", async (kind, locale) => {
  for (const one of casesOf(kind, locale ?? "en")) await expectTheSame(one);
});

const hosts: Record<string, Record<string, string>> = {
  "a logo, and nobody to call": {
    ...{ BRAND_LOGO_URL: "https://cdn.host.example/logo.png?a=1&b=2", SUPPORT_EMAIL: "" },
    ...{ SUPPORT_PHONE: "", SUPPORT_HOURS: "" },
  },
  "a name like a pattern": { BRAND_NAME: "{code} $& “Ⅹ” '' &amp;" },
  "a name with a number of six digits": { BRAND_NAME: "Host 123456", BRAND_COLOR: "#ffcc00" },
  "an address with a number of six digits": { APP_URL: "https://123456.example.com" },
};

test.each(Object.entries(hosts))("a host with %s", async (_, settings) => {
  Object.assign(process.env, settings);
  resetEnvironment();
  for (const kind of oneOfEachTemplate) await expectTheSame(usualCase(kind, "pt"));
});

test("another host is another mail, without a start", async () => {
  await expectTheSame(usualCase("sign-in-code", "en"));
  process.env.BRAND_NAME = "Another";
  resetEnvironment();
  await expectTheSame(usualCase("sign-in-code", "en"));
});

const shape = (one: MailCase) => shapeOf(contentsOf(one.mail, one.carried));

test("mails of one shape are compiled once, and another shape is another mail", async () => {
  const usual = compiledOf(shape(usualCase("sign-in-code", "en")));
  for (const one of hostileCases("sign-in-code", "en")) {
    expect(
      shape({ ...one, mail: { ...one.mail, facts: { ...one.mail.facts, message: undefined } } }),
    ).toEqual(shape(usualCase("sign-in-code", "en")));
  }
  expect(compiledOf(shape(usualCase("sign-in-code", "en")))).toBe(usual);
  expect(compiledOf(shape(usualCase("sign-in-code", "fr")))).not.toBe(usual);
});

test("the code mails that are compiled at the start are those that customers get", () => {
  const codeMails = kindsWith({ carries: "code" });
  const sent = codeMails.flatMap((kind) => locales.map((locale) => shape(usualCase(kind, locale))));
  // As they are kept: by their text, in which the order of the names counts.
  expect(codeMailShapes().map((one) => JSON.stringify(one))).toEqual(
    sent.map((one) => JSON.stringify(one)),
  );
});

describe("a hole that has nothing to fill it", () => {
  test.each(mailKinds)("%s: is an error, and its kind says that it needs it", async (kind) => {
    const { mail, carried } = usualCase(kind, "en");
    const bare = contentsOf(mail, carried);
    const compiled = await compiledOf(shapeOf(bare));
    const named = new Set([
      ...compiled.html.holes,
      ...compiled.text.holes,
      ...compiled.subject.holes,
    ]);
    for (const value of ["until", "duration", "reference", "what", "code"] as const) {
      if (!named.has(value)) continue;
      const empty = { ...bare, value: (name: string) => (name === value ? " " : "x") };
      expect(() => fillMail(compiled, empty)).toThrow(`There is no "${value}" to fill in.`);
    }
    const { carries, needs } = rowOf(kind);
    const promised = { until: "until", reference: "reference", what: "more" } as const;
    for (const value of ["until", "reference", "what"] as const) {
      if (!named.has(value) || kind === "someone-knows-your-password") continue;
      expect([kind, needs]).toEqual([kind, expect.arrayContaining([promised[value]])]);
    }
    expect(named.has("code")).toBe(carries === "code");
  });
});

test("what cannot be filled is rendered by its template, and the log says so", async () => {
  const { mail, carried } = usualCase("sign-in-blocked", "en");
  const row = withFacts(mail, { reference: "\u200b" });
  expectLogged(/"kind":"sign-in-blocked".*could not be filled and was rendered by its template/);
  expect(await renderMail(row, carried)).toEqual(await renderBuiltIn(contentsOf(row, carried)));
});

describe("a mail that came out wrong is found lacking", () => {
  const own = mailReferenceOf(usualCase("sign-in-code", "en").mail.id);
  const wrong: [
    string,
    string,
    (made: { subject: string; html: string; text: string }) => object,
  ][] = [
    ["code", "no code in the subject", ({ subject }) => ({ subject: subject.replace(code, "") })],
    ["code", "no code in the HTML", ({ html }) => ({ html: html.replace(code, "") })],
    ["code", "a word beside the code", ({ text }) => ({ text: text.replace(code, `${code} so`) })],
    ["code", "another number", ({ text }) => ({ text: `${text}\n\n654321` })],
    ["until", "no end in the HTML", ({ html }) => ({ html: html.replaceAll("14:42", "") })],
    ["until", "no end in the text", ({ text }) => ({ text: text.replaceAll("14:42", "") })],
    ["facts", "no IP in the HTML", ({ html }) => ({ html: html.replace("203.0.113.42", "") })],
    ["facts", "no IP in the text", ({ text }) => ({ text: text.replace("203.0.113.42", "") })],
    [
      "notMe",
      "another address in the HTML",
      ({ html }) => ({ html: html.replace("/not-me", "/") }),
    ],
    [
      "code",
      "a number in another host's address",
      ({ text }) => ({ text: `${text}\n\nhttps://b.example/654321` }),
    ],
    ["mail", "no reference of its own", ({ html }) => ({ html: html.replaceAll(own, "") })],
    ["mail", "nor in the text", ({ text }) => ({ text: text.replaceAll(own, "") })],
    ["notMe", "no link in the text", ({ text }) => ({ text: text.replace("/not-me", "/ ") })],
  ];

  test.each(wrong)("%s: %s", async (lacks, _, change) => {
    const { mail, carried } = usualCase("sign-in-code", "en");
    const contents = contentsOf(mail, carried);
    const made = await renderBuiltIn(contents);
    expect(lacksOf(made, contents)).toEqual([]);
    expect(lacksOf({ ...made, ...change(made) }, contents)).toEqual([lacks]);
  });

  test("link: no link in a mail that carries one, and no reference", async () => {
    const { mail, carried } = usualCase("case-received", "en");
    const contents = contentsOf(mail, carried);
    const made = await renderBuiltIn(contents);
    const html = made.html.replaceAll("/recover/status", "/").replaceAll("K7QM-2PX", "");
    expect(lacksOf({ ...made, html }, contents)).toEqual(["reference", "link", "facts"]);
  });

  test("happened, message: what it lists and what staff wrote", async () => {
    const listing = usualCase("more-notices", "en");
    const asking = usualCase("case-question", "en");
    const asked = { ...asking, mail: withFacts(asking.mail, { message: "One.\nTwo." }) };
    for (const [lacks, { mail, carried }, words] of [
      ["happened", listing, "14:05"],
      ["message", asked, "Two."],
    ] as const) {
      const contents = contentsOf(mail, carried);
      const made = await renderBuiltIn(contents);
      expect(lacksOf(made, contents)).toEqual([]);
      for (const part of ["html", "text"] as const) {
        const without = { ...made, [part]: made[part].replaceAll(words, "") };
        expect(lacksOf(without, contents)).toContain(lacks);
      }
    }
  });
});
