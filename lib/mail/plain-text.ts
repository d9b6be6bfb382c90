import { toPlainText } from "react-email";

// html-to-text brings no types; this is what its formatters are given and what we use of it.
type Element = { children: unknown; attribs: { href: string } };
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

const title = (selector: string) => ({
  selector,
  options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
});

/** The plain text of a rendered mail: titles, paragraphs, facts in columns, each address on its own line. */
export function plainTextOf(html: string): string {
  return toPlainText(html, {
    wordwrap: false,
    formatters: { way },
    selectors: [
      title("h1"),
      title("h2"),
      { selector: "a", format: "way" },
      {
        selector: '[data-text-format="facts"]',
        format: "dataTable",
        options: { uppercaseHeaderCells: false, colSpacing: 2 },
      },
    ],
  }).trim();
}
