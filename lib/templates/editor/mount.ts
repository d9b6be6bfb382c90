import { Editor, type Extensions, type JSONContent } from "@tiptap/core";
import type { Schema, Slice } from "@tiptap/pm/model";
import { element } from "@/lib/templates/editor/elements";
import { noteCaret, typeBehind } from "@/lib/templates/editor/insert";

/** A field of the page's form that is written in an editor. */
export type Source = HTMLInputElement | HTMLTextAreaElement;

type Opening = {
  extensions: Extensions;
  content: JSONContent;
  isMultiline: boolean;
  /** Ids of what describes the editor beside what described the field. */
  describedBy: string[];
  cleanSlice(slice: Slice, schema: Schema): Slice;
  cleanMarkup(html: string): string;
  /** Pasted text as the schema's nodes; left out: as the editor reads it. */
  readPasted?: (text: string) => JSONContent;
  /** What is copied, as text. */
  writeCopied(slice: Slice): string;
};

/** Opens an editor beside a field, without a word of the field's being changed or hidden. */
export function openEditor(field: Source, opening: Opening): Editor {
  const label = field.labels?.[0];
  if (label && !label.id) label.id = `${field.id}-label`;
  const described = [field.getAttribute("aria-describedby"), ...opening.describedBy].filter(
    Boolean,
  );
  const attributes: Record<string, string> = {
    class: `mail-text${opening.isMultiline ? "" : " is-line"}`,
    role: "textbox",
    "aria-multiline": String(opening.isMultiline),
    ...(label ? { "aria-labelledby": label.id } : {}),
    ...(described.length > 0 ? { "aria-describedby": described.join(" ") } : {}),
    ...(field.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
    ...(field.lang ? { lang: field.lang } : {}),
    dir: field.dir || "auto",
  };
  const { readPasted } = opening;
  const editor = new Editor({
    element: element("div", "mail-surface"),
    injectCSS: false,
    extensions: opening.extensions,
    content: opening.content,
    editorProps: {
      attributes,
      handleTextInput: (view, _from, _to, typed) => typeBehind(view, typed),
      transformPastedHTML: opening.cleanMarkup,
      transformPasted: (slice, view) => opening.cleanSlice(slice, view.state.schema),
      clipboardTextSerializer: opening.writeCopied,
      ...(readPasted
        ? {
            clipboardTextParser: (text, _context, _plain, view) =>
              view.state.schema.nodeFromJSON(readPasted(text)).slice(0),
          }
        : {}),
    },
  });
  noteCaret(editor);
  return editor;
}

/** Puts the editor where the field was: under its label, with its id for whatever leads there. */
export function replaceField(field: Source, editor: Editor, around: HTMLElement): void {
  const { id } = field;
  const label = field.labels?.[0];
  field.after(around);
  field.hidden = true;
  field.id = `${id}-source`;
  const { dom } = editor.view;
  dom.id = id;
  // A label leads to fields alone.
  label?.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
}
