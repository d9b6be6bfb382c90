import { beforeEach, describe, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { requiredOf } from "@/lib/mail/edited/variables";
import { mailKinds, rowOf } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import { noFrame } from "@/lib/mail-document/frame";
import { readDocument } from "@/lib/mail-document/read-document";
import { casesOf, type MailCase, usualCase } from "@/lib/testing/mails-to-render";
import { everything, mail, setUpHost, withFacts } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

// The two may differ in this alone: what stresses a sentence or quietens it, and that a second way is a
// button too. The words, their addresses, their order and the parts they are in are the same.
const inParts = (html: string) =>
  html
    .replace(/<\/?strong>/g, "")
    .replace(/ (?:style|class|data-text-format)="[^"]*"/g, "")
    .replace(/<a [^>]*href="([^"]*)"[^>]*>/g, "<a $1>")
    .replace(/<!--\[if mso\]>.*?<!\[endif\]-->|<\/?span>/g, "");

async function expectTheSame({ name, mail: row, carried }: MailCase): Promise<void> {
  const { kind, locale } = row;
  const text = {
    ...{ document: builtInDocument(kind, locale as "en"), frame: noFrame, blocks: new Map() },
  };
  const edited = await renderEdited(text, row, carried);
  const builtIn = await renderBuiltIn(contentsOf(row, carried));
  expect([name, edited.subject]).toEqual([name, builtIn.subject]);
  expect([name, edited.text]).toEqual([name, builtIn.text]);
  expect([name, inParts(edited.html)]).toEqual([name, inParts(builtIn.html)]);
  expect([name, lacksOf(edited, contentsOf(row, carried))]).toEqual([name, []]);
}

describe.each(locales)("in %s", (locale) => {
  test.each(mailKinds)("the document of %s gives what its template gives", async (kind) => {
    await expectTheSame(usualCase(kind, locale));
  });

  test.each(mailKinds)("the document of %s is one, and names what it must", (kind) => {
    const document = builtInDocument(kind, locale);
    expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ document });
    const named = JSON.stringify(document);
    for (const name of requiredOf(kind)) {
      expect([kind, name, named]).toEqual([
        kind,
        name,
        expect.stringMatching(new RegExp(`"(variable|panel)":"${name}"`)),
      ]);
    }
    expect(named).not.toMatch(/\{\w+\}/);
  });
});

const isHostile = ({ name }: MailCase) => /hostile/.test(name);
const isForAdmin = ({ mail: { facts } }: MailCase) =>
  facts.more !== undefined && rowOf(facts.more.kind).template === "staff-notice";

test.each([
  "sign-in-code",
  "case-question",
  "case-will-change",
  "someone-knows-your-password",
  "more-notices",
  "account-secured",
] as const)("whatever %s has to say, the two are the same", async (kind) => {
  for (const one of casesOf(kind, "fr")) {
    if (isHostile(one) || isForAdmin(one)) continue;
    if (kind === "sign-in-code" && one.mail.facts.about?.role !== undefined) continue;
    await expectTheSame(one);
  }
});

test("what staff wrote stands in both", async () => {
  const row = withFacts(mail("case-refused", "es"), { message: "Uno.\n\nDos & tres." });
  await expectTheSame({ name: "a message", mail: row, carried: everything });
});
