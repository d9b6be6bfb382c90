import type { Editor } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import type { Choosers } from "@/lib/templates/editor/actions";
import { startList } from "@/lib/templates/editor/choose";
import { startImageDialog } from "@/lib/templates/editor/image-dialog";
import type { TargetAttributes } from "@/lib/templates/editor/inline-schema";
import { insertLinked, insertPiece, insertVariable } from "@/lib/templates/editor/insert";
import { startLinkDialog } from "@/lib/templates/editor/link-dialog";
import { type Studio, variableOf } from "@/lib/templates/editor/studio";

type Dialogs = Record<"link" | "image" | "block", HTMLDialogElement>;

const nowhere: TargetAttributes = { to: null, variable: null };

const targetIn = ({ to, variable }: Record<string, unknown>): TargetAttributes => ({
  to: typeof to === "string" ? to : null,
  variable: typeof variable === "string" ? variable : null,
});

/** The dialogs of links, buttons, pictures and blocks, as what they do to the text. */
export function pieceChoosers({ editor }: { editor: Editor }, dialogs: Dialogs) {
  const askLink = startLinkDialog(dialogs.link);
  const askImage = startImageDialog(dialogs.image);
  const chooseBlock = startList(dialogs.block, "[data-choose-block]");
  const everything = () => true;

  const setAttributes = (position: number, attributes: Record<string, unknown>) =>
    editor
      .chain()
      .focus()
      .command(({ tr }) => {
        for (const [key, value] of Object.entries(attributes)) {
          tr.setNodeAttribute(position, key, value);
        }
        return true;
      })
      .run();

  /** The button that the caret is in, by its position. */
  function buttonAround(): number | null {
    const { $from } = editor.state.selection;
    return $from.parent.type.name === "mailButton" ? $from.before() : null;
  }

  function askButton(target: TargetAttributes): void {
    askLink({
      kind: "button",
      words: "",
      target,
      save: (words, attrs) =>
        insertPiece(editor, {
          type: "mailButton",
          attrs,
          content: [{ type: "text", text: words }],
        }),
    });
  }

  function changePiece(position: number): void {
    const node = editor.state.doc.nodeAt(position);
    if (node === null) return;
    if (node.type.name === "mailButton") {
      askLink({
        kind: "button",
        words: null,
        target: targetIn(node.attrs),
        save: (_words, attributes) => setAttributes(position, attributes),
      });
    }
    if (node.type.name === "image") {
      askImage({
        image: node.attrs.image,
        alternative: node.attrs.alternative,
        save: (image, alternative) => setAttributes(position, { image, alternative }),
      });
    }
    if (node.type.name === "block") {
      chooseBlock.open(everything, ({ dataset }) =>
        setAttributes(position, { name: dataset.chooseBlock }),
      );
    }
  }

  const selected = (name: string): number | null => {
    const { selection } = editor.state;
    const isIt = selection instanceof NodeSelection && selection.node.type.name === name;
    return isIt ? selection.from : null;
  };

  const choosers: Omit<Choosers, "variable"> = {
    link: () => {
      const isLink = editor.isActive("link");
      if (isLink) editor.commands.extendMarkRange("link");
      askLink({
        kind: "link",
        words: editor.state.selection.empty ? "" : null,
        target: isLink ? targetIn(editor.getAttributes("link")) : nowhere,
        save: (words, attributes) => insertLinked(editor, words, { ...attributes }),
        remove: isLink ? () => editor.chain().focus().unsetMark("link").run() : undefined,
      });
    },
    button: () => {
      const position = buttonAround();
      if (position === null) askButton(nowhere);
      else changePiece(position);
    },
    image: () => {
      const position = selected("image");
      if (position !== null) changePiece(position);
      else
        askImage({
          image: null,
          alternative: "",
          save: (image, alternative) =>
            insertPiece(editor, { type: "image", attrs: { image, alternative } }),
        });
    },
    block: () => {
      const position = selected("block");
      if (position !== null) changePiece(position);
      else
        chooseBlock.open(everything, ({ dataset }) =>
          insertPiece(editor, { type: "block", attrs: { name: dataset.chooseBlock } }),
        );
    },
  };

  return {
    ...choosers,
    changePiece,
    /** Puts in what a name stands for, as it stands best: alone, as a button's address, or in the line. */
    insertNamed(name: string, studio: Studio): void {
      if (variableOf(studio, name, "panel")) {
        insertPiece(editor, { type: "panel", attrs: { panel: name } });
      } else if (variableOf(studio, name, "link")) askButton({ to: null, variable: name });
      else insertVariable(editor, name);
    },
  };
}
