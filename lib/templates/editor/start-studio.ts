import type { Editor } from "@tiptap/core";
import { actionsWith } from "@/lib/templates/editor/actions";
import { startList } from "@/lib/templates/editor/choose";
import { element, partOf, pressed } from "@/lib/templates/editor/elements";
import { lineOf, piecesOf } from "@/lib/templates/editor/from-nodes";
import { insertPiece, insertVariable, removeVariable } from "@/lib/templates/editor/insert";
import { keepInStep } from "@/lib/templates/editor/keep-in-step";
import { replaceField } from "@/lib/templates/editor/mount";
import { namedInLine, namedInPieces } from "@/lib/templates/editor/named-variables";
import { openLineEditor, openTextEditor } from "@/lib/templates/editor/open-editors";
import { pieceChoosers } from "@/lib/templates/editor/piece-choosers";
import { readStudio } from "@/lib/templates/editor/studio";
import { startToolbar } from "@/lib/templates/editor/toolbar";
import { startVariableList } from "@/lib/templates/editor/used-variables";

/** What the script takes out of the page's template; the page has it once. */
function takeParts({ content }: HTMLTemplateElement) {
  const parts = document.importNode(content, true);
  const dialog = (name: string) => partOf(parts, `dialog[data-dialog=${name}]`, HTMLDialogElement);
  return {
    toolbar: partOf(parts, "[data-toolbar]", HTMLElement),
    keys: partOf(parts, "[data-keys]", HTMLElement),
    list: partOf(parts, "[data-variable-list]", HTMLElement),
    lineButton: partOf(parts, "button[data-line-variable]", HTMLButtonElement),
    dialogs: {
      variable: dialog("variable"),
      link: dialog("link"),
      image: dialog("image"),
      block: dialog("block"),
    },
  };
}

/**
 * Turns the form around a template of `MailEditor` into the visual editor: its fields `subject`,
 * `preview` and `text` are written in editors, and hold the plain notation as without scripts. Throws, and
 * leaves the form as it was, where the page lacks a part.
 */
export function startStudio(template: HTMLTemplateElement): void {
  const form = template.closest("form");
  if (form === null) throw new Error("The editor stands in no form.");
  const studio = readStudio(template);
  const text = partOf(form, "textarea[name=text]", HTMLTextAreaElement);
  const lines = ["subject", "preview"]
    .map((name) => form.querySelector(`input[name=${name}]`))
    .filter((field) => field instanceof HTMLInputElement);
  const { toolbar, keys, list, lineButton, dialogs } = takeParts(template);

  const chooseVariable = startList(dialogs.variable, "[data-choose-variable]");
  const askVariable = (editor: Editor, types: string[]) =>
    chooseVariable.open(
      ({ dataset }) => types.includes(dataset.type ?? ""),
      ({ dataset }) => {
        const name = dataset.chooseVariable ?? "";
        if (dataset.type === "panel")
          insertPiece(editor, { type: "panel", attrs: { panel: name } });
        else insertVariable(editor, name);
      },
    );

  const textEditor = openTextEditor(text, studio, keys.id, (position) =>
    choosers.changePiece(position),
  );
  const choosers = pieceChoosers(textEditor, dialogs);
  const lineEditors = lines.map((field) => ({ field, ...openLineEditor(field, studio) }));

  // From here on nothing of the page is missing.
  document.body.append(...Object.values(dialogs));
  const around = element("div", "mail-editor");
  around.append(toolbar, keys, surfaceOf(textEditor.editor));
  replaceField(text, textEditor.editor, around);
  around.after(list);
  for (const { field, editor } of lineEditors) {
    const row = element("div", "mail-line");
    const button = lineButton.cloneNode(true) as HTMLButtonElement;
    pressed(button, () => askVariable(editor, ["value"]));
    row.append(surfaceOf(editor), button);
    const label = field.labels?.[0];
    if (label) button.setAttribute("aria-describedby", label.id);
    replaceField(field, editor, row);
  }

  startToolbar(
    toolbar,
    textEditor.editor,
    actionsWith({
      ...choosers,
      variable: () => askVariable(textEditor.editor, ["value", "panel"]),
    }),
  );
  const showVariables = startVariableList(list, studio, {
    insert: (name) => choosers.insertNamed(name, studio),
    remove: (name) => {
      for (const { editor } of [textEditor, ...lineEditors]) removeVariable(editor, name);
    },
  });
  const show = () => {
    const inText = namedInPieces(piecesOf(textEditor.editor.state.doc), studio.blocks);
    const inLines = lineEditors.flatMap(({ editor }) => [...namedInLine(lineOf(editor.state.doc))]);
    showVariables(new Set([...inText, ...inLines]), inText);
  };
  keepInStep(form, [{ field: text, ...textEditor }, ...lineEditors], show);
  show();
}

/** What an editor was opened in. */
function surfaceOf({ view }: Editor): HTMLElement {
  const { parentElement } = view.dom;
  if (parentElement === null) throw new Error("The editor has no element.");
  return parentElement;
}
