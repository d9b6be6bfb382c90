import { caniemail } from "caniemail";
import { beforeAll, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { variablesOf } from "@/lib/mail/edited/variables";
import { type MailKind, mailKinds } from "@/lib/mail/kinds";
import type { Inline, PanelName, Piece } from "@/lib/mail-document/document";
import { noFrame } from "@/lib/mail-document/frame";
import { everything, mail, render, setUpHost, withFacts } from "@/lib/testing/rendered-mails";

const programs = ["gmail", "outlook", "apple-mail"] as const;

type Exception = { in: readonly (typeof programs)[number][]; because: string };

const styled = "what it says is not lost: the look of inline styles stays";

/** What some of them do not support and mails use all the same, by caniemail's names, and why. */
const exceptions: Record<string, Exception> = {
  "<style> element": {
    in: ["gmail"],
    because: `only its dark look and its spacing are there; ${styled}`,
  },
  "@media": { in: ["gmail", "outlook"], because: `for the dark look and narrow phones; ${styled}` },
  "Class selector": { in: ["gmail"], because: `within that sheet; ${styled}` },
  "Type selector": { in: ["gmail"], because: `within that sheet; ${styled}` },
  "Attribute selector": {
    in: ["gmail", "outlook"],
    because: "marks the dark look of Outlook's apps",
  },
  "Descendant combinator": { in: ["gmail"], because: `within that sheet; ${styled}` },
  "Child combinator": { in: ["gmail", "outlook"], because: `within that sheet; ${styled}` },
  ":focus": { in: ["gmail", "outlook", "apple-mail"], because: "the program's own outline stays" },
  outline: { in: ["outlook"], because: "the program's own outline stays" },
  "outline-offset": { in: ["gmail", "outlook"], because: "the outline is closer to its link" },
  "user-select": { in: ["gmail", "outlook"], because: "the code is selected by hand, as one run" },
  "border-radius": { in: ["outlook"], because: "corners are square" },
  "text-underline-offset": { in: ["gmail", "outlook"], because: "the line is closer to its link" },
  "text-decoration-line": {
    in: ["outlook"],
    because: "react-email's own; ours stands behind it as text-decoration",
  },
  "overflow-wrap": { in: ["gmail", "outlook"], because: "word-break says the same to those" },
  "word-break": { in: ["outlook"], because: "Windows Mail alone: a long value widens its column" },
  "white-space": { in: ["outlook"], because: "a reference breaks at its dashes on a narrow phone" },
  "target attribute": { in: ["gmail"], because: "links open in a tab of its own there as it is" },
  "role attribute": {
    in: ["outlook"],
    because: "Windows Mail alone: a table of the layout is read out",
  },
  "<body> element": { in: ["outlook"], because: "react-email paints its own table within it" },
  overflow: { in: ["outlook"], because: "react-email hides the preview line by more than this" },
  opacity: {
    in: ["gmail", "outlook"],
    because: "react-email hides the preview line by more than this",
  },
  "display:none": {
    in: ["gmail"],
    because: "react-email hides the preview line by more than this",
  },
};

/** What one of them does not support of some HTML, each with whose program it is. */
function unsupported(html: string): string[] {
  const { issues } = caniemail({ clients: programs.map((one) => `${one}.*` as const), html });
  const found = [...issues.errors].flatMap(([client, list]) =>
    list.map(({ title }) => `${title} in ${client.split(".")[0]}`),
  );
  return [...new Set(found)];
}

const allowed = Object.entries(exceptions).flatMap(([feature, one]) =>
  one.in.map((program) => `${feature} in ${program}`),
);

const places = [undefined, "center", "end"].flatMap((align) =>
  [undefined, "tight", "wide"].map((space) => ({
    ...(align === undefined ? {} : { align: align as "center" | "end" }),
    ...(space === undefined ? {} : { space: space as "tight" | "wide" }),
  })),
);

const line: Inline[] = [
  { text: "plain, " },
  { text: "bold", bold: true },
  { text: " italic", italic: true },
  { text: " both", bold: true, italic: true },
  { break: true },
  { text: "a link", link: { to: "https://customers.host.example/help" } },
  { text: " a bold one", bold: true, link: { variable: "help-page" } },
  { variable: "account" },
];

const everyPiece: Exclude<Piece, { type: "block" | "panel" }>[] = [
  ...places.flatMap((place) => [
    ...([1, 2, 3] as const).map((level) => ({
      ...{ type: "heading" as const, level, content: line },
      ...place,
    })),
    { type: "paragraph" as const, content: line, ...place },
    {
      ...{ type: "button" as const, label: [{ text: "Go" }], link: { variable: "help-page" } },
      ...place,
    },
    ...["abcdefgh", "ijklmnop"].map((image) => ({
      ...{ type: "image" as const, image, alternative: "Our shop" },
      ...place,
    })),
  ]),
  { type: "list", items: [line, [{ text: "another" }]] },
  { type: "divider" },
];

/** All that a text of a kind can have: every piece, its panels, and a block with the same. */
function allOf(kind: MailKind): EditedText {
  const panels = variablesOf(kind)
    .filter(({ type }) => type === "panel")
    .map(({ name }): Piece => ({ type: "panel", panel: name as PanelName }));
  const subject: Inline[] = [{ text: "All" }];
  const document = { subject, previewLine: subject, pieces: [...panels, ...everyPiece] };
  return {
    document: { ...document, pieces: [...document.pieces, { type: "block", name: "all" }] },
    blocks: new Map([["all", { subject: [], previewLine: [], pieces: everyPiece }]]),
    frame: { ...noFrame, logo: "abcdefgh", legal: { en: "Legal\n\nlines" } },
    images: new Map([["abcdefgh", { width: 900 }]]),
  };
}

const seen = new Set<string>();

/** What is not supported beyond what is named; what is named is noted. */
function beyond(html: string): string[] {
  const found = unsupported(html);
  for (const one of found) seen.add(one);
  return found.filter((one) => !allowed.includes(one));
}

beforeAll(setUpHost);

// Languages have the same markup: one of them, and all of one mail.
const builtIn = [
  ...mailKinds.map((kind) => [kind, "en"] as const),
  ...locales.map((locale) => ["sign-in-code", locale] as const),
];

test("Gmail, Outlook and Apple Mail support what every built-in mail uses, beyond what is named", async () => {
  for (const [kind, locale] of builtIn) {
    expect(beyond((await render(kind, locale)).html), `${kind} ${locale}`).toEqual([]);
  }
}, 60_000);

// Of each set of panels one.
const kinds = [
  ...(["sign-in-code", "password-reset", "place-trusted"] as const),
  ...(["more-notices", "case-question"] as const),
];

test("they support what texts of all pieces use, beyond what is named", async () => {
  for (const kind of kinds) {
    const whole = withFacts(mail(kind), { message: "First\n\nSecond" });
    const { html } = await renderEdited(allOf(kind), whole, everything);
    expect(beyond(html), kind).toEqual([]);
  }
}, 60_000);

test("every panel that a text can have is among them", () => {
  const panels = (of: readonly MailKind[]) =>
    new Set(
      of.flatMap((kind) =>
        allOf(kind).document.pieces.flatMap((piece) =>
          piece.type === "panel" ? [piece.panel] : [],
        ),
      ),
    );
  expect(panels(kinds)).toEqual(panels(mailKinds));
});

test("each exception is needed", () => {
  expect(allowed.filter((one) => !seen.has(one))).toEqual([]);
});

test("what they do not support is found", () => {
  expect(unsupported('<p style="position:fixed">x</p>')).toContain("position in gmail");
  expect(unsupported('<video src="x"></video>').length).toBeGreaterThan(0);
});
