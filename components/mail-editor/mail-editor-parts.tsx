import { BlockDialog, ImageDialog, VariableDialog } from "@/components/mail-editor/choices";
import { LinkDialog } from "@/components/mail-editor/dialogs";
import { EditorToolbar } from "@/components/mail-editor/toolbar";
import { ToolbarIcon } from "@/components/mail-editor/toolbar-icon";
import { VariableList } from "@/components/mail-editor/variable-list";
import type { EditorChoices, EditorPageWords } from "@/components/mail-editor/words";
import { OwnScript } from "@/components/own-script";

/**
 * What the visual editor is made of, in a template that shows nothing by itself: where the script does
 * not run, the form around it stays as it is.
 */
export function MailEditorParts({
  words,
  variables,
  images,
  blocks,
}: EditorChoices & { words: EditorPageWords }) {
  return (
    <>
      <template data-mail-editor="" data-words={JSON.stringify(words.pieces)}>
        <EditorToolbar words={words.toolbar} without={blocks.length === 0 ? ["block"] : []} />
        <p id="mail-editor-keys" data-keys className="mail-keys">
          {words.keys.replace("{keys}", "Alt+F10")}
        </p>
        <button
          type="button"
          data-line-variable
          aria-haspopup="dialog"
          aria-label={words.toolbar.variable}
          title={words.toolbar.variable}
          className="mail-tool is-beside"
        >
          <ToolbarIcon action="variable" />
        </button>
        <VariableList id="mail-editor-variables" variables={variables} words={words.list} />
        <VariableDialog
          id="mail-editor-variable"
          variables={variables}
          words={words.dialog}
          required={words.list.required}
        />
        <LinkDialog
          id="mail-editor-link"
          links={variables.filter(({ type }) => type === "link")}
          words={words.dialog}
        />
        <ImageDialog id="mail-editor-image" images={images} words={words.dialog} />
        <BlockDialog id="mail-editor-block" blocks={blocks} words={words.dialog} />
      </template>
      <OwnScript name="mail-editor" />
    </>
  );
}
