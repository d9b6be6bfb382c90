import { Node, textblockTypeInputRule, wrappingInputRule } from "@tiptap/core";

const read = (value: string | undefined, known: readonly string[]) =>
  value !== undefined && known.includes(value) ? value : null;

/** Where a piece stands in its line and what space is around it; null: as usual. */
export const layoutAttributes = {
  align: {
    default: null,
    parseHTML: ({ dataset }: HTMLElement) => read(dataset.align, ["center", "end"]),
    renderHTML: ({ align }: Record<string, unknown>) => (align ? { "data-align": align } : {}),
  },
  space: {
    default: null,
    parseHTML: ({ dataset }: HTMLElement) => read(dataset.space, ["tight", "wide"]),
    renderHTML: ({ space }: Record<string, unknown>) => (space ? { "data-space": space } : {}),
  },
};

/** A paragraph; of a list's entry it is the line. */
export const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "piece",
  content: "inline*",
  addAttributes: () => layoutAttributes,
  parseHTML: () => [{ tag: "p" }],
  renderHTML: ({ HTMLAttributes }) => ["p", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { "Mod-Alt-0": () => this.editor.commands.setNode(this.name) };
  },
});

const levels = [1, 2, 3] as const;

/** A heading of one of three levels. Deeper ones of other programs become the third. */
export const Heading = Node.create({
  name: "heading",
  group: "piece",
  content: "(text | variable)*",
  defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false }, ...layoutAttributes }),
  parseHTML: () =>
    ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag, index) => ({
      tag,
      attrs: { level: Math.min(index + 1, 3) },
    })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return Object.fromEntries(
      levels.map((level) => [
        `Mod-Alt-${level}`,
        () => this.editor.commands.toggleNode(this.name, "paragraph", { level }),
      ]),
    );
  },
  addInputRules() {
    return levels.map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^(#{${level}})\\s$`),
        type: this.type,
        getAttributes: { level },
      }),
    );
  },
});

/** A list of entries. There is one kind, and none stands in another. */
export const List = Node.create({
  name: "list",
  group: "piece list",
  content: "item+",
  parseHTML: () => [{ tag: "ul" }, { tag: "ol" }],
  renderHTML: () => ["ul", 0],
  addKeyboardShortcuts() {
    return { "Mod-Shift-8": () => this.editor.commands.toggleList(this.name, "item") };
  },
  addInputRules() {
    return [wrappingInputRule({ find: /^\s*([-*])\s$/, type: this.type })];
  },
});

/** An entry of a list: one line. */
export const Item = Node.create({
  name: "item",
  content: "paragraph",
  defining: true,
  parseHTML: () => [{ tag: "li" }],
  renderHTML: () => ["li", 0],
  addKeyboardShortcuts() {
    const isAtStart = () => {
      const { empty, $from } = this.editor.state.selection;
      return empty && $from.parentOffset === 0 && $from.node(-1)?.type === this.type;
    };
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Backspace: () => isAtStart() && this.editor.commands.liftListItem(this.name),
    };
  },
});

/** The one line of a subject or a preview line. */
export const Line = Node.create({
  name: "line",
  content: "(text | variable)*",
  marks: "",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", 0],
  // There is no second line.
  addKeyboardShortcuts: () => ({
    Enter: () => true,
    "Shift-Enter": () => true,
    "Mod-Enter": () => true,
  }),
});
