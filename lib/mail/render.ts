import { createElement, type FunctionComponent } from "react";
import { render } from "react-email";
import type { MailKind, MailView } from "@/emails/mail-view";
import { rowOf } from "@/lib/mail/kinds";
import { type Carried, type MailToShow, viewOf } from "@/lib/mail/mail-view";
import { plainTextOf } from "@/lib/mail/plain-text";
import { templates } from "@/lib/mail/templates";

/** A mail as it is handed to a transport. */
export type RenderedMail = { subject: string; html: string; text: string };

const names = { until: "its end", reference: "its reference" } as const;

/** What a mail is lacking that its kind needs; empty for one that is whole. */
function lackingOf({ kind, facts }: MailToShow, { code, linkToken }: Carried): string[] {
  const { carries, needs } = rowOf(kind);
  const lacksCode = carries === "code" && !/^\d{6}$/.test(code ?? "");
  const lacksLink = carries !== "code" && carries !== null && !linkToken;
  return [
    ...(lacksCode ? ["its code of six digits"] : []),
    ...(lacksLink ? ["the token of its link"] : []),
    ...needs.filter((fact) => facts[fact] === undefined).map((fact) => names[fact]),
  ];
}

/**
 * Makes subject, HTML and plain text of a mail. The same row gives the same mail however often it
 * is tried: providers compare repeated requests.
 *
 * @throws when the code, the token or the facts that the kind needs are missing
 */
export async function renderMail(mail: MailToShow, carried: Carried = {}): Promise<RenderedMail> {
  const lacking = lackingOf(mail, carried);
  if (lacking.length > 0) {
    throw new Error(`A mail of kind ${mail.kind} needs ${lacking.join(" and ")}.`);
  }
  const view = viewOf(mail, carried);
  // That it shows this kind's view is said by the types of `mails.ts`.
  const Template = templates[rowOf(mail.kind).template] as FunctionComponent<MailView<MailKind>>;
  const html = await render(createElement(Template, view));
  return { subject: view.words.subject, html, text: plainTextOf(html) };
}
