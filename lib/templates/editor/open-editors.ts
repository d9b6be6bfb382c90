import type { Editor, JSONContent } from "@tiptap/core";
import { readLine, readText, writeLine, writeText } from "@/lib/mail-document/notation";
import { asOneLine, cleanMarkup, cleanSlice } from "@/lib/templates/editor/clean-paste";
import { inlinesOf, lineOf, piecesOf } from "@/lib/templates/editor/from-nodes";
import { openEditor } from "@/lib/templates/editor/mount";
import { lineExtensions, textExtensions } from "@/lib/templates/editor/schema";
import type { ChangePiece, Studio } from "@/lib/templates/editor/studio";
import { lineContent, textContent } from "@/lib/templates/editor/to-nodes";

/** An editor, with what it holds as its field is to hold it, and what it opens with of a field's. */
export type Opened = {
  editor: Editor;
  write(): string;
  contentOf(typed: string): JSONContent;
};

const textOf = (typed: string) => textContent(readText(typed));
const lineContentOf = (typed: string) => lineContent(readLine(typed));

/** Opens the editor of a mail's text with what the field holds in the plain notation. */
export function openTextEditor(
  field: HTMLTextAreaElement,
  studio: Studio,
  keysId: string,
  change: ChangePiece,
): Opened {
  const editor = openEditor(field, {
    extensions: textExtensions(studio, change),
    content: textOf(field.value),
    isMultiline: true,
    describedBy: [keysId],
    cleanMarkup,
    cleanSlice,
    readPasted: textOf,
    writeCopied: ({ content }) => {
      const first = content.firstChild;
      // Of a part of a line, the line alone.
      if (content.childCount === 1 && first?.isInline) return first.textContent;
      return content.childCount > 0 && first?.isBlock
        ? writeText(piecesOf(editor.schema.topNodeType.create(null, content)))
        : content.textBetween(0, content.size);
    },
  });
  return { editor, write: () => writeText(piecesOf(editor.state.doc)), contentOf: textOf };
}

/** Opens the editor of a subject or a preview line with what the field holds. */
export function openLineEditor(field: HTMLInputElement, studio: Studio): Opened {
  const editor = openEditor(field, {
    extensions: lineExtensions(studio),
    content: lineContentOf(field.value),
    isMultiline: false,
    describedBy: [],
    cleanMarkup,
    cleanSlice: asOneLine,
    readPasted: (text) => lineContentOf(text.replace(/\s+/g, " ").trim()),
    writeCopied: ({ content }) => {
      const line = content.firstChild;
      return line?.isTextblock
        ? writeLine(inlinesOf(line))
        : content.textBetween(0, content.size, " ");
    },
  });
  return { editor, write: () => writeLine(lineOf(editor.state.doc)), contentOf: lineContentOf };
}
