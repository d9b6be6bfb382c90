import type { Editor } from "@tiptap/core";
import { insertPiece } from "@/lib/templates/editor/insert";

/** What the toolbar asks the page's dialogs for. */
export type Choosers = {
  variable(): void;
  link(): void;
  button(): void;
  image(): void;
  block(): void;
};

/** What a button of the toolbar does, by its name in the page, and when it is pressed in or of no use. */
export type Action = {
  run(editor: Editor): void;
  isOn?(editor: Editor): boolean;
  isUseless?(editor: Editor): boolean;
};

const isInList = (editor: Editor) => editor.isActive("list");
const isInButton = (editor: Editor) => editor.isActive("mailButton");

/** The pieces of the selection that can be placed; entries of a list cannot. */
function placed(editor: Editor): { position: number; attributes: Record<string, unknown> }[] {
  const found: { position: number; attributes: Record<string, unknown> }[] = [];
  const { doc, selection } = editor.state;
  doc.nodesBetween(selection.from, selection.to, (node, position) => {
    if ("align" in node.attrs) found.push({ position, attributes: node.attrs });
    // Only whole pieces: what is in a list or a line has no place of its own.
    return false;
  });
  return found;
}

const place = (attribute: "align" | "space", value: string): Action => ({
  isOn: (editor) => {
    const pieces = placed(editor);
    return pieces.length > 0 && pieces.every(({ attributes }) => attributes[attribute] === value);
  },
  isUseless: (editor) => placed(editor).length === 0,
  run: (editor) => {
    const pieces = placed(editor);
    const isOn = pieces.every(({ attributes }) => attributes[attribute] === value);
    editor
      .chain()
      .focus()
      .command(({ tr }) => {
        for (const { position } of pieces) {
          tr.setNodeAttribute(position, attribute, isOn ? null : value);
        }
        return true;
      })
      .run();
  },
});

const mark = (name: "bold" | "italic"): Action => ({
  isOn: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
});

const heading = (level: number): Action => ({
  isOn: (editor) => editor.isActive("heading", { level }),
  isUseless: isInButton,
  run: (editor) => editor.chain().focus().toggleNode("heading", "paragraph", { level }).run(),
});

/** All that the toolbar can do. */
export function actionsWith(choose: Choosers): Record<string, Action> {
  return {
    paragraph: {
      isOn: (editor) => editor.isActive("paragraph") && !isInList(editor),
      isUseless: isInButton,
      run: (editor) =>
        isInList(editor)
          ? editor.chain().focus().liftListItem("item").run()
          : editor.chain().focus().setNode("paragraph").run(),
    },
    heading1: heading(1),
    heading2: heading(2),
    heading3: heading(3),
    list: {
      isOn: isInList,
      isUseless: isInButton,
      run: (editor) => editor.chain().focus().toggleList("list", "item").run(),
    },
    bold: mark("bold"),
    italic: mark("italic"),
    link: {
      isOn: (editor) => editor.isActive("link"),
      run: (editor) => (isInButton(editor) ? choose.button() : choose.link()),
    },
    center: place("align", "center"),
    end: place("align", "end"),
    tight: place("space", "tight"),
    wide: place("space", "wide"),
    variable: { run: () => choose.variable() },
    button: { isOn: isInButton, run: () => choose.button() },
    image: { isOn: (editor) => editor.isActive("image"), run: () => choose.image() },
    block: { isOn: (editor) => editor.isActive("block"), run: () => choose.block() },
    divider: { run: (editor) => insertPiece(editor, { type: "divider" }) },
    undo: {
      isUseless: (editor) => !editor.can().undo(),
      run: (editor) => editor.chain().focus().undo().run(),
    },
    redo: {
      isUseless: (editor) => !editor.can().redo(),
      run: (editor) => editor.chain().focus().redo().run(),
    },
  };
}
