import type { Editor, JSONContent } from "@tiptap/core";
import { NodeSelection, Selection, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** Editors that somebody has put a caret into; on a phone that may be never. */
const entered = new WeakSet<Editor>();

/** Remembers that an editor has a caret from its first focus on. */
export function noteCaret(editor: Editor): void {
  editor.on("focus", () => entered.add(editor));
}

const caretOf = (editor: Editor): Selection =>
  entered.has(editor) ? editor.state.selection : Selection.atEnd(editor.state.doc);

/** The place of whole pieces that a caret is at, with the empty paragraph there, if it is one. */
function spotOfPiece({ $from, to }: Selection): { from: number; to: number } {
  if ($from.depth === 0) return { from: to, to };
  const piece = $from.node(1);
  const isEmpty = piece.type.name === "paragraph" && piece.content.size === 0;
  return { from: isEmpty ? $from.before(1) : $from.after(1), to: $from.after(1) };
}

function show(editor: Editor, transaction: Transaction): void {
  entered.add(editor);
  editor.view.dispatch(transaction.scrollIntoView());
  editor.view.focus();
}

/** Puts a piece behind the one that the caret is in, or at the end without a caret, and the caret into it. */
export function insertPiece(editor: Editor, content: JSONContent): void {
  const { state } = editor;
  const { from, to } = spotOfPiece(caretOf(editor));
  const node = state.schema.nodeFromJSON(content);
  const transaction = state.tr.replaceWith(from, to, node);
  const inside = from + node.nodeSize - (node.isTextblock ? 1 : 0);
  // Behind what holds no text there may be no line to write in: one comes with it.
  if (!node.isTextblock && inside === transaction.doc.content.size) {
    transaction.insert(inside, state.schema.node("paragraph"));
  }
  transaction.setSelection(Selection.near(transaction.doc.resolve(inside)));
  show(editor, transaction);
}

/** Puts a variable in at the caret, or at the end without one. */
export function insertVariable(editor: Editor, name: string): void {
  const { state } = editor;
  const caret = caretOf(editor);
  const variable = { type: "variable", attrs: { name } };
  if (!caret.$from.parent.inlineContent) {
    insertPiece(editor, { type: "paragraph", content: [variable] });
    return;
  }
  const marks = state.storedMarks ?? caret.$from.marks();
  const node = state.schema.nodeFromJSON(variable).mark(marks);
  const transaction = state.tr.replaceWith(caret.from, caret.to, node);
  const after = caret.from + node.nodeSize;
  show(editor, transaction.setSelection(TextSelection.create(transaction.doc, after)));
}

/** Puts words that lead somewhere in at the caret, or gives the selected words where they lead. */
export function insertLinked(
  editor: Editor,
  words: string,
  attributes: Record<string, string | null>,
): void {
  const { state } = editor;
  const caret = caretOf(editor);
  if (!caret.empty) {
    editor.chain().focus().setMark("link", attributes).run();
    return;
  }
  const content = {
    type: "text",
    text: words,
    marks: [{ type: "link", attrs: attributes }],
  };
  if (!caret.$from.parent.inlineContent) {
    insertPiece(editor, { type: "paragraph", content: [content] });
    return;
  }
  const transaction = state.tr.insert(caret.from, state.schema.nodeFromJSON(content));
  const after = caret.from + words.length;
  transaction.setSelection(TextSelection.create(transaction.doc, after)).setStoredMarks([]);
  show(editor, transaction);
}

/**
 * Text typed while a solid piece is selected, as the arrow keys do on their way: it comes behind the
 * piece and does not replace it. False where text is selected, or nothing.
 */
export function typeBehind(view: EditorView, typed: string): boolean {
  const { selection, schema, tr: transaction } = view.state;
  if (!(selection instanceof NodeSelection)) return false;
  const { node, to } = selection;
  const text = schema.text(typed);
  transaction.insert(to, node.isInline ? text : schema.node("paragraph", null, text));
  const after = to + typed.length + (node.isInline ? 0 : 1);
  transaction.setSelection(TextSelection.create(transaction.doc, after));
  view.dispatch(transaction.scrollIntoView());
  return true;
}

/** Takes out each place where a variable stands: in lines, alone, and as where words or buttons lead. */
export function removeVariable(editor: Editor, name: string): void {
  const { doc, tr: transaction, schema } = editor.state;
  const { link } = schema.marks;
  doc.descendants((node, position) => {
    const from = transaction.mapping.map(position);
    const isIt =
      (node.type.name === "variable" && node.attrs.name === name) ||
      (node.type.name === "panel" && node.attrs.panel === name) ||
      (node.type.name === "mailButton" && node.attrs.variable === name);
    if (isIt) transaction.delete(from, from + node.nodeSize);
    else if (link && node.isInline) {
      const mark = node.marks.find((one) => one.type === link && one.attrs.variable === name);
      if (mark) transaction.removeMark(from, from + node.nodeSize, mark);
    }
    return !isIt;
  });
  if (transaction.docChanged) editor.view.dispatch(transaction);
}
