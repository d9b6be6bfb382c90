import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { compileEdited } from "@/lib/mail/edited/compile-edited";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { noTexts } from "@/lib/mail/edited/live-texts";
import { inLines } from "@/lib/mail/edited/naming";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { isServed } from "@/lib/mail/edited/served";
import { fillMail } from "@/lib/mail/fill-mail";
import { kindsWith, type MailKind } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import { shapeOf } from "@/lib/mail/mail-shape";
import { makeMail } from "@/lib/mail/render";
import { mailDocumentSchema } from "@/lib/mail-document/document";
import { noFrame } from "@/lib/mail-document/frame";
import { anyText } from "@/lib/testing/any-text";
import { casesOf, type MailCase, usualCase } from "@/lib/testing/mails-to-render";
import { appUrl, code, numbers, setUpHost, tokens } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

async function filled(text: EditedText, { mail, carried }: MailCase) {
  const contents = inLines(contentsOf(mail, carried));
  return fillMail(await compileEdited(shapeOf(contents), text), contents);
}

const kinds: MailKind[] = [
  "sign-in-code",
  "place-added",
  "more-notices",
  "case-question",
  "password-reset",
  "someone-knows-your-password",
  "staff-invited",
  "case-received",
];
const runs = { numRuns: 25 };
// Each run renders up to three mails.
const patience = 60_000;

test.each(kinds)(
  "any text of %s is the same filled as rendered, whatever it is filled with",
  async (kind) => {
    const any = fc.tuple(
      anyText(kind, { isApart: false, hasCodes: true }),
      fc.constantFrom(...casesOf(kind, "en")),
    );
    await fc.assert(
      fc.asyncProperty(any, async ([text, one]) => {
        const outcome = (made: Promise<object>) => made.catch((error: Error) => error.message);
        const made = await outcome(renderEdited(text, one.mail, one.carried));
        expect([one.name, await outcome(filled(text, one))]).toEqual([one.name, made]);
      }),
      runs,
    );
  },
  patience,
);

test.each(kindsWith({ carries: "code" }))(
  "any text of %s that has what it must holds its code, and nothing of others",
  async (kind) => {
    const any = fc.tuple(
      anyText(kind, { isApart: true, hasCodes: false }),
      fc.constantFrom(...casesOf(kind, "en").filter(({ name }) => !/of staff/.test(name))),
    );
    await fc.assert(
      fc.asyncProperty(any, async ([text, one]) => {
        expect(mailDocumentSchema.safeParse(text.document).success).toBe(true);
        const made = await filled(text, one);
        expect(lacksOf(made, inLines(contentsOf(one.mail, one.carried)))).toEqual([]);
        expect(made.subject).toContain(code);
        expect(made.html).toContain(`>${code}<`);
        expect(made.text.split("\n")).toContain(code);
        expect(numbers(made.text)).toEqual([code]);
        expect(made.html).not.toMatch(/<(?:script|iframe|object|link|form)/i);
        for (const [, address] of made.html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
          expect(address?.startsWith(`${appUrl}/`)).toBe(true);
        }
      }),
      runs,
    );
  },
  patience,
);

test.each(kinds)(
  "whatever the text of %s, what goes out is whole",
  async (kind) => {
    const any = anyText(kind, { isApart: false, hasCodes: true });
    const one = usualCase(kind, "en");
    const contents = contentsOf(one.mail, one.carried);
    let byText = 0;
    await fc.assert(
      fc.asyncProperty(any, async (edited) => {
        const live = {
          ...{ frame: { version: 0, frame: edited.frame }, unreadable: [] },
          text: { versions: JSON.stringify([edited, [...edited.blocks]]), edited },
        };
        const { made, fallbacks } = await makeMail(one.mail, one.carried, live);
        expect(lacksOf(made, contents)).toEqual([]);
        if (fallbacks.length === 0) {
          byText += 1;
          expect(made).toEqual(await renderEdited(edited, one.mail, one.carried));
          expect(isServed(shapeOf(contents), edited)).toBe(true);
        } else {
          expect(made).toEqual((await makeMail(one.mail, one.carried, noTexts)).made);
        }
      }),
      runs,
    );
    expect(byText).toBeGreaterThan(0);
  },
  patience,
);

test("a link in a line stands in the text with its address in brackets", async () => {
  const one = usualCase("password-reset", "en");
  const text: EditedText = {
    ...{ frame: noFrame, blocks: new Map() },
    document: {
      ...{ subject: [{ text: "Set it" }], previewLine: [] },
      pieces: [
        {
          type: "paragraph",
          content: [
            { text: "Please " },
            { text: "set ", link: { variable: "link" } },
            { text: "it", bold: true, link: { variable: "link" } },
            { text: ", " },
            { variable: "name" },
            { text: "." },
            { break: true },
            { text: "Until " },
            { variable: "until", italic: true },
          ],
        },
        { type: "list", items: [[{ text: "One" }], [{ variable: "ip" }]] },
        { type: "heading", level: 3, content: [{ text: "Then" }] },
        { type: "image", image: "abcdefgh", alternative: "Our house" },
        { type: "divider" },
        { type: "button", label: [{ text: "Help" }], link: { to: "https://b.example/x" } },
        { type: "panel", panel: "facts" },
      ],
    },
  };
  const made = await renderEdited(text, one.mail, one.carried);
  expect(made.text).toContain(
    [
      `Please set it (${appUrl}/reset-password?token=${tokens.linkToken}), Maria Silva.`,
      "Until 14:42 in Lisbon",
      "",
      "- One",
      "- 203.0.113.42",
      "",
      "Then",
      "",
      "Our house",
      "",
      "---",
      "",
      "Help",
      "https://b.example/x",
      "",
      "Account ",
    ].join("\n"),
  );
  expect(lacksOf(made, contentsOf(one.mail, one.carried))).toEqual([]);
  expect(made.html).toContain("<strong>it</strong></a>, Maria Silva.<br/>");
});
