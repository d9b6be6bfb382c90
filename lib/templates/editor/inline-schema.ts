import { Mark, Node, nodeInputRule } from "@tiptap/core";
import { IMAGE_PATTERN, type LinkTarget, NAME_PATTERN } from "@/lib/mail-document/document";
import { asTyped, type Studio } from "@/lib/templates/editor/studio";
import { variableView } from "@/lib/templates/editor/variable-view";

/** Where a link or a button leads, as the editor holds it: one of both. */
export type TargetAttributes = { to: string | null; variable: string | null };

/** An address that a document can hold. */
export const isAddress = (address: string) =>
  address.startsWith("https://") && URL.canParse(address);

/** A target as attributes. */
export const attributesOf = (target: LinkTarget): TargetAttributes =>
  "to" in target ? { to: target.to, variable: null } : { to: null, variable: target.variable };

/** Attributes as a target; null: they name none. */
export function targetOf({ to, variable }: Record<string, unknown>): LinkTarget | null {
  if (typeof variable === "string") return { variable };
  return typeof to === "string" ? { to } : null;
}

/** The attributes of what leads somewhere, and how they are read of pasted elements. */
export const targetAttributes = {
  to: {
    default: null,
    parseHTML: (element: HTMLElement) => {
      const address = element.dataset.to ?? element.getAttribute("href") ?? "";
      return isAddress(address) ? address : null;
    },
    renderHTML: ({ to }: Record<string, unknown>) => (to ? { "data-to": to } : {}),
  },
  variable: {
    default: null,
    parseHTML: (element: HTMLElement) => nameOf(element.dataset.toVariable),
    renderHTML: ({ variable }: Record<string, unknown>) =>
      variable ? { "data-to-variable": variable } : {},
  },
};

/** A name that a document can hold, of what is written somewhere; null otherwise. */
export const nameOf = (written: string | undefined): string | null =>
  written !== undefined && NAME_PATTERN.test(written) ? written : null;

/** An uploaded picture's id, of what is written somewhere; null otherwise. */
export const imageOf = (written: string | undefined): string | null =>
  written !== undefined && IMAGE_PATTERN.test(written) ? written : null;

/** Whether a pasted element leads to what a document can hold. */
export const leadsSomewhere = (element: HTMLElement) =>
  nameOf(element.dataset.toVariable) !== null ||
  isAddress(element.dataset.to ?? element.getAttribute("href") ?? "");

/** Words that lead somewhere. Not a link in the page: nobody is to be led out of the text by a press. */
export const Link = Mark.create({
  name: "link",
  inclusive: false,
  // Around the others, as in the notation.
  priority: 1001,
  addAttributes: () => targetAttributes,
  parseHTML: () => [
    { tag: "a[href], [data-link]", getAttrs: (element) => leadsSomewhere(element) && null },
  ],
  renderHTML: ({ HTMLAttributes }) => ["span", { "data-link": "", ...HTMLAttributes }, 0],
});

/** A variable: one solid piece of a line. One that is typed in the notation becomes it too. */
export const variableNode = (studio: Studio) =>
  Node.create({
    name: "variable",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes: () => ({
      name: {
        parseHTML: (element: HTMLElement) => nameOf(element.dataset.variable),
        renderHTML: ({ name }) => ({ "data-variable": name }),
      },
    }),
    parseHTML: () => [
      {
        tag: "[data-variable]",
        getAttrs: (element) => nameOf(element.dataset.variable) !== null && null,
      },
    ],
    renderHTML: ({ node, HTMLAttributes }) => [
      "span",
      HTMLAttributes,
      asTyped(String(node.attrs.name)),
    ],
    renderText: ({ node }) => asTyped(String(node.attrs.name)),
    addNodeView: () => variableView(studio),
    addInputRules() {
      return [
        nodeInputRule({
          find: (text) => {
            // An unknown one too: as text it would stand in the mail, and nobody would be warned.
            const [typed, name] = text.match(/\{\{([a-z][a-z0-9-]{0,39})\}\}$/) ?? [];
            if (typed === undefined) return null;
            return { index: text.length - typed.length, text: typed, data: { name } };
          },
          type: this.type,
          getAttributes: ({ data }) => data,
        }),
      ];
    },
  });
