import { Node } from "@tiptap/core";
import { type PanelName, panelNames } from "@/lib/mail-document/document";
import {
  imageOf,
  leadsSomewhere,
  nameOf,
  targetAttributes,
} from "@/lib/templates/editor/inline-schema";
import { layoutAttributes } from "@/lib/templates/editor/line-schema";
import { aloneView, buttonView } from "@/lib/templates/editor/piece-views";
import type { ChangePiece, Studio } from "@/lib/templates/editor/studio";

/** A button: its words are written in place, and lead where its attributes say. */
export const buttonNode = (studio: Studio, change: ChangePiece) =>
  Node.create({
    name: "mailButton",
    group: "piece",
    content: "(text | variable)*",
    marks: "bold italic",
    defining: true,
    isolating: true,
    addAttributes: () => ({ ...targetAttributes, ...layoutAttributes }),
    parseHTML: () => [
      {
        tag: "div[data-mail-button]",
        priority: 60,
        getAttrs: (element) => leadsSomewhere(element) && null,
      },
    ],
    renderHTML: ({ HTMLAttributes }) => ["div", { "data-mail-button": "", ...HTMLAttributes }, 0],
    addNodeView: () => buttonView(studio, change),
    addKeyboardShortcuts() {
      return {
        // A button is one line; what comes next is text.
        Enter: () => {
          const { $from } = this.editor.state.selection;
          if ($from.parent.type !== this.type) return false;
          const position = $from.after();
          return this.editor
            .chain()
            .insertContentAt(position, { type: "paragraph" })
            .setTextSelection(position + 1)
            .run();
        },
        // An empty one goes like an empty line.
        Backspace: () => {
          const { $from, empty } = this.editor.state.selection;
          if (!empty || $from.parent.type !== this.type || $from.parent.content.size > 0) {
            return false;
          }
          return this.editor.commands.setNode("paragraph");
        },
      };
    },
  });

const panelOf = (written: string | undefined): PanelName | null =>
  panelNames.find((name) => name === written) ?? null;

/** The pieces that stand alone and hold no text: picture, divider, panel, named block. */
export function aloneNodes(studio: Studio, change: ChangePiece) {
  const alone = {
    group: "piece",
    atom: true,
    selectable: true,
    addNodeView: () => aloneView(studio, change),
  };
  return [
    Node.create({
      ...alone,
      name: "image",
      addAttributes: () => ({
        image: {
          parseHTML: ({ dataset }: HTMLElement) => imageOf(dataset.image),
          renderHTML: ({ image }: Record<string, unknown>) => ({ "data-image": image }),
        },
        alternative: {
          default: "",
          parseHTML: ({ dataset }: HTMLElement) => dataset.alternative ?? "",
          renderHTML: ({ alternative }: Record<string, unknown>) => ({
            "data-alternative": alternative,
          }),
        },
        ...layoutAttributes,
      }),
      parseHTML: () => [
        {
          tag: "div[data-image]",
          priority: 60,
          getAttrs: (element) => imageOf(element.dataset.image) !== null && null,
        },
      ],
      renderHTML: ({ HTMLAttributes }) => ["div", HTMLAttributes],
    }),
    Node.create({
      ...alone,
      name: "divider",
      parseHTML: () => [{ tag: "hr" }],
      renderHTML: () => ["hr"],
    }),
    Node.create({
      ...alone,
      name: "panel",
      addAttributes: () => ({
        panel: {
          parseHTML: ({ dataset }: HTMLElement) => panelOf(dataset.panel),
          renderHTML: ({ panel }: Record<string, unknown>) => ({ "data-panel": panel }),
        },
      }),
      parseHTML: () => [
        {
          tag: "div[data-panel]",
          priority: 60,
          getAttrs: (element) => panelOf(element.dataset.panel) !== null && null,
        },
      ],
      renderHTML: ({ HTMLAttributes }) => ["div", HTMLAttributes],
    }),
    Node.create({
      ...alone,
      name: "block",
      addAttributes: () => ({
        name: {
          parseHTML: ({ dataset }: HTMLElement) => nameOf(dataset.block),
          renderHTML: ({ name }: Record<string, unknown>) => ({ "data-block": name }),
        },
      }),
      parseHTML: () => [
        {
          tag: "div[data-block]",
          priority: 60,
          getAttrs: (element) => nameOf(element.dataset.block) !== null && null,
        },
      ],
      renderHTML: ({ HTMLAttributes }) => ["div", HTMLAttributes],
    }),
  ];
}
