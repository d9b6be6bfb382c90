import { beforeEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { locales } from "@/lib/i18n/locales";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { sampleMails } from "@/lib/mail/edited/sample-mails";
import { notServed } from "@/lib/mail/edited/served";
import { requiredOf, variablesOf } from "@/lib/mail/edited/variables";
import { type MailKind, mailKinds, rowOf } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { makeMail } from "@/lib/mail/render";
import type { Inline, MailDocument } from "@/lib/mail-document/document";
import { noFrame } from "@/lib/mail-document/frame";
import { everything, mail, numbers, setUpHost, withFacts } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

const edited = (document: MailDocument) => ({ document, frame: noFrame, blocks: new Map() });
const live = (document: MailDocument) => ({
  ...{ frame: { version: 0, frame: noFrame }, unreadable: [] },
  text: { versions: JSON.stringify(document), edited: edited(document) },
});

/** What a line of variables says in a mail. */
async function said(row: ReturnType<typeof mail>, ...names: string[]): Promise<string[]> {
  const content = names.flatMap((variable): Inline[] => [{ variable }, { break: true }]);
  const document: MailDocument = {
    ...{ subject: [{ text: "So" }], previewLine: [] },
    pieces: [{ type: "paragraph", content }],
  };
  const { text } = await renderEdited(edited(document), row, everything);
  return text.split("\n").slice(0, names.length);
}

test("the values of every mail, in its language", async () => {
  const row = mail("new-browser", "pt");
  expect(await said(row, "name", "account", "ip", "country", "browser", "system")).toEqual([
    ...["Maria Silva", "maria.silva@example.com", "203.0.113.42", "Brasil"],
    ...["Chrome 156", "Windows 11"],
  ]);
  expect(await said(row, "brand", "support", "mail")).toEqual([
    "Casa & Host",
    "Ligue-nos: +351 210 123 456 (9–18 h) Escreva-nos: help@host.example",
    mailReferenceOf(row.id),
  ]);
  expect((await said(row, "time"))[0]).toMatch(/2026.*14:32, hora de Lisboa$/);
});

test("what is not known is said to be so, and nothing is ever filled with nothing", async () => {
  const nothing = { ip: null, countryCode: null, browser: "\u200b", system: " " };
  const row = withFacts(mail("new-browser", "fr"), nothing);
  expect(new Set(await said(row, "ip", "country", "browser", "system"))).toEqual(
    new Set(["Inconnu"]),
  );
  const nobody = { ...row, ownerName: null };
  expect(await said(nobody, "name")).toEqual(["maria.silva@example.com"]);
  const blank = withFacts(mail("sign-in-blocked"), { reference: "\u200b" });
  await expect(said(blank, "reference")).rejects.toThrow('There is no "reference" to fill in.');
});

test("without contacts of support, the way to the help page stands for them", async () => {
  for (const name of ["PHONE", "HOURS", "EMAIL"]) delete process.env[`SUPPORT_${name}`];
  resetEnvironment();
  expect(await said(mail("new-browser"), "support")).toEqual([
    "https://customers.host.example/help",
  ]);
});

const toStrangers: MailKind[] = [
  ...(["sign-up-code", "already-have-account", "new-address-code", "confirm-address"] as const),
  ...(["confirm-new-email", "staff-invited"] as const),
  ...mailKinds.filter((kind) => rowOf(kind).template === "case-for-applicant"),
];

test.each(mailKinds)(
  "%s greets by name only whoever has shown that the account is theirs",
  async (kind) => {
    const isOfStrangers = toStrangers.includes(kind);
    const expected = isOfStrangers ? "maria.silva@example.com" : "Maria Silva";
    expect(await said(mail(kind), "name")).toEqual([expected]);
  },
);

test("in a code mail the code is the only number, whatever it names", async () => {
  const row = withFacts(
    { ...mail("sign-in-code"), ownerName: "Ana 123456" },
    { accountEmail: "123456@example.com", browser: "Browser 654321" },
  );
  const built = builtInDocument("sign-in-code", "en");
  const names = ["name", "account", "browser", "support", "brand"];
  const pieces = names.map((variable) => ({
    ...{ type: "paragraph" as const, content: [{ variable }] },
  }));
  const document = { ...built, pieces: [...built.pieces, ...pieces] };
  const { text } = await renderEdited(edited(document), row, everything);
  expect(numbers(text)).toEqual([everything.code]);
  expect(text).toContain("\n\nAna 123 456\n\n12••56@example.com\n\n");
});

test("until when new networks wait, or for what", async () => {
  const row = mail("someone-knows-your-password");
  expect((await said(row, "wait"))[0]).toMatch(/again from 14:42 in Lisbon\.$/);
  const endless = withFacts(row, { until: undefined });
  expect((await said(endless, "wait"))[0]).toMatch(/chosen a new password\.$/);
});

test("a text names what its kind has, and nothing else", async () => {
  for (const kind of mailKinds) {
    const values = variablesOf(kind).filter(({ type }) => type === "value");
    const names = values.map(({ name }) => name).filter((name) => name !== "code");
    expect([kind, (await said(mail(kind), ...names)).filter((text) => text === "")]).toEqual([
      kind,
      [],
    ]);
  }
  await expect(said(mail("new-browser"), "code")).rejects.toThrow('has no value "code"');
  await expect(said(mail("new-browser"), "link")).rejects.toThrow('has no value "link"');
  await expect(said(mail("new-browser"), "toString")).rejects.toThrow('has no value "toString"');
}, 30_000);

test.each(mailKinds)(
  "without any one thing that %s must name, the built-in text goes out",
  async (kind) => {
    const row = withFacts(mail(kind), {
      ...(requiredOf(kind).includes("message") ? { message: "Please add it." } : {}),
    });
    const whole = builtInDocument(kind, "en");
    const { made: builtIn } = await makeMail(row, everything, { ...live(whole), text: null });
    expect((await makeMail(row, everything, live(whole))).fallbacks).toEqual([]);
    for (const name of requiredOf(kind)) {
      const pieces = whole.pieces.filter((piece) => !JSON.stringify(piece).includes(`"${name}"`));
      // What the facts' table, or a sentence of the ending, names too is there all the same.
      const { made, fallbacks } = await makeMail(row, everything, live({ ...whole, pieces }));
      const rest = JSON.stringify(
        await renderEdited(edited({ ...whole, pieces }), row, everything),
      );
      if (lacksOf(JSON.parse(rest), contentsOf(row, everything)).length === 0) continue;
      expect([name, made]).toEqual([name, builtIn]);
      expect(fallbacks).toMatchObject([{ subject: kind, language: "en" }]);
    }
  },
);

test("the panels of facts, code, link and message cannot be left out", async () => {
  const cases: [MailKind, string][] = [
    ...([
      ["sign-in-code", "code"],
      ["sign-in-code", "facts"],
      ["password-reset", "link"],
    ] as const),
    ...([
      ["case-question", "message"],
      ["more-notices", "happened"],
    ] as const),
    ...([
      ["sign-in-code", "until"],
      ["case-opened", "link"],
    ] as const),
  ] as [MailKind, string][];
  for (const [kind, name] of cases) {
    const row = withFacts(mail(kind), kind === "case-question" ? { message: "Please." } : {});
    const whole = builtInDocument(kind, "en");
    const pieces = whole.pieces.filter((piece) => !JSON.stringify(piece).includes(`"${name}"`));
    const { fallbacks } = await makeMail(row, everything, live({ ...whole, pieces }));
    expect([kind, name, fallbacks.length]).toEqual([kind, name, 1]);
    expect(fallbacks[0]?.reason).toContain(name);
  }
});

test("mails that need a condition go out with the built-in text, and nothing is alarmed", async () => {
  const staff = withFacts(mail("sign-in-code"), { about: { role: "support" } });
  const { at } = mail("more-notices").facts;
  const admins = withFacts(mail("more-notices"), {
    more: { kind: "staff-joined", count: 1, first: at, items: [] },
  });
  const answer = withFacts(mail("case-received"), { message: "Thank you." });
  const built = builtInDocument("case-received", "en");
  const noPlace = { ...built, pieces: built.pieces.filter(({ type }) => type !== "panel") };
  const facts: MailDocument["pieces"] = [{ type: "panel", panel: "facts" }];
  const cases: [ReturnType<typeof mail>, MailDocument][] = [
    [staff, builtInDocument("sign-in-code", "en")],
    [admins, builtInDocument("more-notices", "en")],
    [answer, { ...noPlace, pieces: [...noPlace.pieces, ...facts] }],
  ];
  expect(cases).toHaveLength(notServed.length);
  for (const [row, document] of cases) {
    const carried = { ...everything, notMeToken: row === admins ? null : everything.notMeToken };
    const { made, fallbacks } = await makeMail(row, carried, live(document));
    expect(fallbacks).toEqual([]);
    const { made: builtIn } = await makeMail(row, carried, { ...live(document), text: null });
    expect(made).toEqual(builtIn);
    const byText = await renderEdited(edited(document), row, carried);
    expect([byText.text, byText.html]).not.toEqual([made.text, made.html]);
  }
});

test.each(mailKinds)("samples of %s are whole mails", async (kind) => {
  const locale = locales[mailKinds.indexOf(kind) % locales.length] ?? "en";
  const samples = sampleMails(kind, locale, new Date("2026-11-22T14:32:05Z"));
  expect(samples.map(({ name }) => name)).toEqual([
    ...["ordinary", "long-name", "right-to-left", "ipv6", "unknown-country", "no-phone"],
  ]);
  for (const { name, mail: row, carried } of samples) {
    const made = await renderEdited(edited(builtInDocument(kind, locale)), row, carried);
    expect([kind, name, lacksOf(made, contentsOf(row, carried))]).toEqual([kind, name, []]);
    expect(made.text.includes("+351 210 123 456")).toBe(name !== "no-phone");
  }
});
