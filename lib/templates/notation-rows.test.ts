import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/load-messages";
import { locales } from "@/lib/i18n/locales";
import { readText, writeText } from "@/lib/mail-document/notation";
import { notationRows } from "@/lib/templates/notation-rows";

const ADDRESS = "https://www.example.com/help";

test.each(locales)("in %s each row of the notation makes what it is said to", async (locale) => {
  const { example } = (await loadMessages(locale)).templateHelp.notation;
  const rows = notationRows(example, ADDRESS);
  const made = Object.fromEntries(Object.entries(rows).map(([row, text]) => [row, readText(text)]));
  const { words, heading, paragraph, item, button, picture } = example;
  const text = (content: string) => [{ text: content }];
  const placed = (place: object) => [{ type: "paragraph", content: text(paragraph), ...place }];
  const before = { text: `${paragraph} ` };
  expect(made).toEqual({
    heading: [{ type: "heading", level: 2, content: text(heading) }],
    paragraph: placed({}),
    list: [{ type: "list", items: [text(item)] }],
    bold: [{ type: "paragraph", content: [{ text: words, bold: true }] }],
    italic: [{ type: "paragraph", content: [{ text: words, italic: true }] }],
    link: [{ type: "paragraph", content: [before, { text: words, link: { to: ADDRESS } }] }],
    button: [{ type: "button", label: text(button), link: { variable: "forgot-password-page" } }],
    divider: [{ type: "divider" }],
    picture: [{ type: "image", image: expect.any(String), alternative: picture }],
    variable: [{ type: "paragraph", content: [before, { variable: "name" }] }],
    code: [{ type: "panel", panel: "code" }],
    facts: [{ type: "panel", panel: "facts" }],
    block: [{ type: "block", name: "opening-hours" }],
    center: placed({ align: "center" }),
    end: placed({ align: "end" }),
    tight: placed({ space: "tight" }),
    wide: placed({ space: "wide" }),
    backslash: [{ type: "paragraph", content: text(`*${words}*`) }],
  });
});

test.each(locales)("in %s each row is written as it is read", async (locale) => {
  const { example } = (await loadMessages(locale)).templateHelp.notation;
  for (const written of Object.values(notationRows(example, ADDRESS))) {
    expect(writeText(readText(written))).toBe(written);
  }
});
