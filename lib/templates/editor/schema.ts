import type { Extensions } from "@tiptap/core";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Italic } from "@tiptap/extension-italic";
import { Text } from "@tiptap/extension-text";
import { Gapcursor } from "@tiptap/extensions/gap-cursor";
import { TrailingNode } from "@tiptap/extensions/trailing-node";
import { UndoRedo } from "@tiptap/extensions/undo-redo";
import { Link, variableNode } from "@/lib/templates/editor/inline-schema";
import { Heading, Item, Line, List, Paragraph } from "@/lib/templates/editor/line-schema";
import { aloneNodes, buttonNode } from "@/lib/templates/editor/piece-schema";
import type { ChangePiece, Studio } from "@/lib/templates/editor/studio";

/** A mail's text. Browsers do not find its ends where a solid piece stands there. */
const Mail = Document.extend({
  content: "piece+",
  addKeyboardShortcuts() {
    return {
      "Ctrl-Home": () => this.editor.commands.focus("start"),
      "Ctrl-End": () => this.editor.commands.focus("end"),
    };
  },
});

/** What the editor of a mail's text can hold: exactly what a document can say. */
export function textExtensions(studio: Studio, change: ChangePiece): Extensions {
  return [
    Mail,
    Text,
    Paragraph,
    Heading,
    List,
    Item,
    buttonNode(studio, change),
    ...aloneNodes(studio, change),
    variableNode(studio),
    HardBreak,
    Link,
    Bold,
    Italic,
    UndoRedo,
    Gapcursor,
    TrailingNode.configure({ node: "paragraph", notAfter: ["paragraph", "heading", "list"] }),
  ];
}

/** What the editor of a subject or a preview line can hold: text and variables. */
export function lineExtensions(studio: Studio): Extensions {
  return [Document.extend({ content: "line" }), Text, Line, variableNode(studio), UndoRedo];
}
