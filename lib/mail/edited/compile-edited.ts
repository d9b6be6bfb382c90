import { apartOf, markedContents } from "@/lib/mail/compile-mail";
import type { CompiledMail } from "@/lib/mail/compiled-mail";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { renderText } from "@/lib/mail/edited/render-edited";
import type { MailShape } from "@/lib/mail/mail-shape";

/**
 * Compiles a text for the mails of a shape, as `compileMail` does with the built-in one.
 *
 * @throws where the text names what mails of this shape have not, or cannot be taken apart
 */
export async function compileEdited(shape: MailShape, text: EditedText): Promise<CompiledMail> {
  // A preview line is cut when it is filled: cut before, it could end within a mark.
  const { previewLine, ...made } = await renderText(text, markedContents(shape), "-");
  return apartOf(made, previewLine);
}
