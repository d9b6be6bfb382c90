import { createElement, type FunctionComponent } from "react";
import { render } from "react-email";
import EditedMail from "@/emails/edited-mail";
import type { MailView } from "@/emails/mail-view";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { inLines, namingOf } from "@/lib/mail/edited/naming";
import { shownOf } from "@/lib/mail/edited/shown-pieces";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import { contentsOf, type MailContents } from "@/lib/mail/mail-contents";
import type { Carried, MailToShow } from "@/lib/mail/mail-to-show";
import { viewOf } from "@/lib/mail/mail-view";
import { plainTextOf } from "@/lib/mail/plain-text";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { endings } from "@/lib/mail/templates";

/**
 * A mail of a text that somebody wrote, and its preview line.
 *
 * @param contents as `inLines` gives them
 * @param standIn what to render instead of the preview line
 * @throws where the text names what the mail has not
 */
export async function renderText(
  text: EditedText,
  contents: MailContents,
  standIn?: string,
): Promise<RenderedMail & { previewLine: string }> {
  const view = viewOf(contents, text.frame);
  const { subject, previewLine, title, pieces } = shownOf(text, namingOf(contents, view));
  // That it shows this kind's view is said by the types of `mails.ts`.
  const Ending = endings[rowOf(contents.kind).template] as FunctionComponent<{
    mail: MailView<MailKind>;
  }>;
  const html = await render(
    createElement(EditedMail, {
      ...{ mail: view, pieces, title: title ?? view.words.title },
      previewLine: standIn ?? previewLine,
      ending: createElement(Ending, { mail: view }),
    }),
  );
  return { subject, html, text: plainTextOf(html), previewLine };
}

/**
 * A mail of a text that somebody wrote, made without compiling anything: for previews, proofs and tests.
 * It is what is sent, byte for byte.
 *
 * @throws where the text names what the mail has not
 */
export async function renderEdited(
  text: EditedText,
  mail: MailToShow,
  carried: Carried,
): Promise<RenderedMail> {
  const { subject, html, text: plain } = await renderText(text, inLines(contentsOf(mail, carried)));
  return { subject, html, text: plain };
}
