import { createElement, type ReactElement } from "react";
import { render } from "react-email";
import AlreadyHaveAccount from "@/emails/already-have-account";
import NewBrowser from "@/emails/new-browser";
import PasswordChanged from "@/emails/password-changed";
import PasswordReset from "@/emails/password-reset";
import PlaceTrusted from "@/emails/place-trusted";
import SignInBlocked from "@/emails/sign-in-blocked";
import SignInCode from "@/emails/sign-in-code";
import SignUpCode from "@/emails/sign-up-code";
import SomeoneKnowsYourPassword from "@/emails/someone-knows-your-password";
import { env } from "@/lib/env";
import { carriesCode, carriesLink } from "@/lib/mail/facts";
import { type MailToShow, viewOf } from "@/lib/mail/mail-view";
import { plainTextOf } from "@/lib/mail/plain-text";

/** A mail as it is handed to a transport. */
export type RenderedMail = { subject: string; html: string; text: string };

/** What a mail carries that is never stored. */
export type Carried = {
  /** Six digits, of the mails that carry a code. */
  code?: string | null;
  /** Of the mails that carry the link of a password reset. */
  resetToken?: string | null;
};

function templateOf(
  mail: MailToShow,
  code: string,
  resetToken: string,
): { subject: string; body: ReactElement } {
  const { kind } = mail;
  switch (kind) {
    case "sign-in-code": {
      const view = viewOf({ ...mail, kind }, code);
      return { subject: view.words.subject, body: createElement(SignInCode, { ...view, code }) };
    }
    case "sign-up-code": {
      const view = viewOf({ ...mail, kind }, code);
      return { subject: view.words.subject, body: createElement(SignUpCode, { ...view, code }) };
    }
    case "place-trusted": {
      const view = viewOf({ ...mail, kind }, null);
      return { subject: view.words.subject, body: createElement(PlaceTrusted, view) };
    }
    case "sign-in-blocked": {
      const view = viewOf({ ...mail, kind }, null);
      return { subject: view.words.subject, body: createElement(SignInBlocked, view) };
    }
    case "new-browser": {
      const view = viewOf({ ...mail, kind }, null);
      return { subject: view.words.subject, body: createElement(NewBrowser, view) };
    }
    case "someone-knows-your-password": {
      const view = viewOf({ ...mail, kind }, null);
      const ends = mail.facts.until === undefined ? "with-a-new-password" : "at-a-time";
      const body = createElement(SomeoneKnowsYourPassword, { ...view, ends });
      return { subject: view.words.subject, body };
    }
    case "already-have-account": {
      const view = viewOf({ ...mail, kind }, null);
      return { subject: view.words.subject, body: createElement(AlreadyHaveAccount, view) };
    }
    case "password-reset": {
      const view = viewOf({ ...mail, kind }, null);
      const resetLink = `${env().appUrl}/reset-password?token=${resetToken}`;
      const body = createElement(PasswordReset, { ...view, resetLink });
      return { subject: view.words.subject, body };
    }
    case "password-changed": {
      const view = viewOf({ ...mail, kind }, null);
      return { subject: view.words.subject, body: createElement(PasswordChanged, view) };
    }
  }
}

/**
 * Makes subject, HTML and plain text of a mail. The same row gives the same mail however often it
 * is tried: providers compare repeated requests.
 *
 * @throws when the code, the token or the facts that the kind needs are missing
 */
export async function renderMail(mail: MailToShow, carried: Carried = {}): Promise<RenderedMail> {
  const code = carried.code ?? "";
  const resetToken = carried.resetToken ?? "";
  const { until, reference } = mail.facts;
  if (carriesCode(mail.kind) && (!/^\d{6}$/.test(code) || until === undefined)) {
    throw new Error(`A mail of kind ${mail.kind} needs its code of six digits and its end.`);
  }
  if (carriesLink(mail.kind) && (resetToken === "" || until === undefined)) {
    throw new Error(`A mail of kind ${mail.kind} needs the token of its link and its end.`);
  }
  if (mail.kind === "sign-in-blocked" && (until === undefined || reference === undefined)) {
    throw new Error(`A mail of kind ${mail.kind} needs the block's end and its reference.`);
  }
  const { subject, body } = templateOf(mail, code, resetToken);
  const html = await render(body);
  return { subject, html, text: plainTextOf(html) };
}
