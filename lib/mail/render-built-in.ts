import { createElement, type FunctionComponent } from "react";
import { render } from "react-email";
import type { MailKind, MailView } from "@/emails/mail-view";
import { rowOf } from "@/lib/mail/kinds";
import type { MailContents } from "@/lib/mail/mail-contents";
import { viewOf } from "@/lib/mail/mail-view";
import { plainTextOf } from "@/lib/mail/plain-text";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { templates } from "@/lib/mail/templates";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";

/**
 * A mail by its template, as react-email renders it: what compiles a mail, and makes one alone.
 *
 * @param frame what is set once for all mails
 */
export async function renderBuiltIn(
  contents: MailContents,
  frame: MailFrame = noFrame,
): Promise<RenderedMail> {
  const view = viewOf(contents, frame);
  // That it shows this kind's view is said by the types of `mails.ts`.
  const template = templates[rowOf(contents.kind).template];
  const Template = template as FunctionComponent<MailView<MailKind>>;
  const html = await render(createElement(Template, view));
  return { subject: view.words.subject, html, text: plainTextOf(html) };
}
