import "@/app/templates/mail-editor.css";
import { MailEditorParts } from "@/components/mail-editor/mail-editor-parts";
import type { EditorChoices } from "@/components/mail-editor/words";
import { loadMessages } from "@/lib/i18n/load-messages";
import { getLocale } from "@/lib/i18n/translations";

/**
 * The visual editor of the form around it, in whose place its fields `subject`, `preview` and `text` stay
 * where scripts do not run.
 */
export async function MailEditor(choices: EditorChoices) {
  // As they are: what is filled into them is filled in by the script.
  const { templateEditor: words } = await loadMessages(await getLocale());
  return <MailEditorParts {...choices} words={words} />;
}
