import { Fragment, type Node, type Schema, Slice } from "@tiptap/pm/model";
import { NAME_PATTERN } from "@/lib/mail-document/document";

// What a line can hold: no control character but what parts words, no half of a pair.
const blanks = /[\t\r\n\u2028\u2029]+/g;
const unheard = /[\p{Cc}\p{Cs}]/gu;

/** Elements whose text is not meant to be read. */
const unread =
  "script, title, meta, link, template, noscript, object, embed, iframe, svg, math, select, textarea";

// The policy of the page refuses and reports styles and handlers even where markup is only read. What
// these miss it refuses all the same.
const styles = /<style[\s\S]*?<\/style>/gi;
const tags = /<[a-z][^>]*>/gi;
const heldBack = /([\s"'/])(style|on\w+)(?=\s*=)/gi;

/** Markup as a page of its own, with what `style` said as `data-style`. */
function readMarkup(html: string): Document {
  const quiet = html
    // Word hides the characters of its list entries in comments of its own.
    .replace(/<!\[if !supportLists\]>[\s\S]*?<!\[endif\]>/g, "")
    .replace(styles, "")
    .replace(tags, (tag) => tag.replace(heldBack, "$1data-$2"));
  return new DOMParser().parseFromString(quiet, "text/html");
}

/**
 * Pasted markup before it is read: entries of Word's lists become entries, lists in lists are put beside
 * each other, and what nobody reads goes. All else that no document can say is dropped as it is read.
 */
export function cleanMarkup(html: string): string {
  const page = readMarkup(html);
  for (const element of page.querySelectorAll(unread)) element.remove();
  for (const element of page.querySelectorAll<HTMLElement>("[data-style]")) markByStyle(element);
  for (const cell of page.querySelectorAll("td, th, caption")) {
    const block = page.createElement("div");
    block.append(...cell.childNodes);
    cell.replaceWith(block);
  }
  for (const paragraph of page.querySelectorAll<HTMLElement>("p[class*=MsoListParagraph]")) {
    toEntry(page, paragraph);
  }
  flattenLists(page);
  for (const element of page.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (/^(data-)?(style|on.*)$/.test(name)) element.removeAttribute(name);
    }
  }
  return page.body.innerHTML;
}

/** What a style makes of words, as the element that says it: Google Docs writes no other. */
function markByStyle(element: HTMLElement): void {
  const style = element.dataset.style ?? "";
  const wrap = (name: string) => {
    const mark = element.ownerDocument.createElement(name);
    mark.append(...element.childNodes);
    element.append(mark);
  };
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrap("strong");
  if (/font-style:\s*italic/i.test(style)) wrap("em");
  // Its whole text is in a bold element that says it is none.
  const isNone = element.matches("b, strong")
    ? /font-weight:\s*(normal|400)/i.test(style)
    : element.matches("i, em") && /font-style:\s*normal/i.test(style);
  if (isNone) element.replaceWith(...element.childNodes);
}

function toEntry(page: Document, paragraph: HTMLElement): void {
  const entry = page.createElement("li");
  entry.append(...paragraph.childNodes);
  const before = paragraph.previousElementSibling;
  if (before?.matches("ul[data-word]")) {
    before.append(entry);
    paragraph.remove();
    return;
  }
  const list = page.createElement("ul");
  list.dataset.word = "";
  list.append(entry);
  paragraph.replaceWith(list);
}

/** An entry is one line: a list in it comes after it, and its paragraphs become entries. */
function flattenLists(page: Document): void {
  for (const list of [
    ...page.querySelectorAll("li ul, li ol, ul > ul, ul > ol, ol > ul, ol > ol"),
  ].reverse()) {
    const around = list.parentElement?.closest("li") ?? list;
    const entries = [...list.children];
    around.after(...entries);
    list.remove();
  }
  for (const entry of page.querySelectorAll("li")) {
    const lines = [...entry.children].filter((child) => child.matches("p, div, h1, h2, h3, h4"));
    for (const line of lines.slice(1).reverse()) {
      const next = page.createElement("li");
      next.append(...line.childNodes);
      line.remove();
      entry.after(next);
    }
  }
}

/** Text with each variable of the notation as a piece. */
function withVariables(node: Node, schema: Schema): Node[] {
  const text = (node.text ?? "").replace(blanks, " ").replace(unheard, "");
  return text
    .split(/(\{\{[a-z][a-z0-9-]*\}\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const name = part.slice(2, -2);
      return part.startsWith("{{") && NAME_PATTERN.test(name)
        ? schema.node("variable", { name }, undefined, node.marks)
        : schema.text(part, node.marks);
    });
}

function cleanFragment(fragment: Fragment, schema: Schema): Fragment {
  const nodes: Node[] = [];
  fragment.forEach((node) => {
    if (node.isText) nodes.push(...withVariables(node, schema));
    else nodes.push(node.copy(cleanFragment(node.content, schema)));
  });
  return Fragment.from(nodes);
}

/** Pasted pieces as they may stand: variables solid, and no character that a line cannot hold. */
export function cleanSlice({ content, openStart, openEnd }: Slice, schema: Schema): Slice {
  return new Slice(cleanFragment(content, schema), openStart, openEnd);
}

/** Pasted pieces as one line of text and variables, for a subject. */
export function asOneLine(slice: Slice, schema: Schema): Slice {
  const nodes: Node[] = [];
  const space = () => {
    if (nodes.length > 0) nodes.push(schema.text(" "));
  };
  slice.content.descendants((node) => {
    if (node.isTextblock) space();
    if (node.isText) nodes.push(...withVariables(node.mark([]), schema));
    if (node.type.name === "variable") nodes.push(node.mark([]));
    return true;
  });
  return new Slice(Fragment.from(nodes), 0, 0);
}
