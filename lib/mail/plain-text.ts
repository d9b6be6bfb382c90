import { toPlainText } from "react-email";

// html-to-text brings no types; this is what its formatters are given and what we use of it.
type Element = { children: unknown; attribs: { href: string; alt: string } };
type Builder = {
  addLineBreak(): void;
  addInline(text: string, options: { noWordTransform: boolean }): void;
};
type Walk = (children: unknown, builder: Builder) => void;

// The address stands alone on its line, where every mail program makes it a link.
const way = (element: Element, walk: Walk, builder: Builder) => {
  walk(element.children, builder);
  builder.addLineBreak();
  builder.addInline(element.attribs.href, { noWordTransform: true });
};

// In a line of words it stands behind them.
const wordsAndAddress = (element: Element, walk: Walk, builder: Builder) => {
  walk(element.children, builder);
  builder.addInline(` (${element.attribs.href})`, { noWordTransform: true });
};

const alternative = (element: Element, _walk: Walk, builder: Builder) =>
  builder.addInline(element.attribs.alt, { noWordTransform: true });

const title = (selector: string) => ({
  selector,
  options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
});

/**
 * The plain text of a rendered mail: titles, paragraphs, lists, facts in columns, what a picture says, and
 * each way's address on its own line.
 */
export function plainTextOf(html: string): string {
  return toPlainText(html, {
    wordwrap: false,
    formatters: { way, wordsAndAddress, alternative },
    selectors: [
      title("h1"),
      title("h2"),
      title("h3"),
      { selector: "a", format: "way" },
      { selector: 'a[data-text-format="words"]', format: "wordsAndAddress" },
      { selector: 'img[data-text-format="words"]', format: "alternative" },
      { selector: "ul", options: { itemPrefix: "- " } },
      { selector: "hr", options: { length: 3 } },
      {
        selector: '[data-text-format="facts"]',
        format: "dataTable",
        options: { uppercaseHeaderCells: false, colSpacing: 2 },
      },
    ],
  }).trim();
}
