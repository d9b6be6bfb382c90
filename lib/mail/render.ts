import { createElement, type ReactElement } from "react";
import { render } from "react-email";
import AccountChanged from "@/emails/account-changed";
import AccountClosed from "@/emails/account-closed";
import AlreadyHaveAccount from "@/emails/already-have-account";
import CaseForApplicant from "@/emails/case-for-applicant";
import CaseForOwner from "@/emails/case-for-owner";
import ConfirmAddress from "@/emails/confirm-address";
import ConfirmEmailChange from "@/emails/confirm-email-change";
import MoreNotices from "@/emails/more-notices";
import NewBrowser from "@/emails/new-browser";
import PasswordChanged from "@/emails/password-changed";
import PasswordReset from "@/emails/password-reset";
import PlaceTrusted from "@/emails/place-trusted";
import SignInBlocked from "@/emails/sign-in-blocked";
import SignInCode from "@/emails/sign-in-code";
import SignUpCode from "@/emails/sign-up-code";
import SomeoneKnowsYourPassword from "@/emails/someone-knows-your-password";
import StaffTold from "@/emails/staff-told";
import WideningCode from "@/emails/widening-code";
import { env } from "@/lib/env/env";
import {
  carriesCode,
  carriesConfirmLink,
  carriesObjectLink,
  carriesResetLink,
  type MailKind,
  tellsAdmins,
  tellsApplicant,
  tellsOfChange,
  tellsOwner,
} from "@/lib/mail/facts";
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
  /** Of the mails that carry the link that confirms an address. */
  confirmToken?: string | null;
  /** Of security mails: "that was not me". */
  notMeToken?: string | null;
  /** Of mails to who asked for another mailbox: the status page. */
  caseToken?: string | null;
  /** Of mails about such a case to the account's addresses: the objection. */
  objectToken?: string | null;
  /** Of an invitation to the staff. */
  invitationToken?: string | null;
};

type Shown = { subject: string; body: ReactElement };

function templateOf(mail: MailToShow, carried: Carried): Shown {
  const { kind } = mail;
  const code = carried.code ?? "";
  const linkTo = (path: string, token: string | null | undefined) =>
    `${env().appUrl}${path}?token=${token ?? ""}`;
  const shown = (view: { words: { subject: string } }, body: ReactElement) => ({
    subject: view.words.subject,
    body,
  });
  if (tellsOfChange(kind)) {
    const view = viewOf({ ...mail, kind }, carried);
    const isBySupport = mail.facts.bySupport === true || kind === "hotline-pass";
    const leadsBack = kind === "password-switched-off";
    return shown(view, createElement(AccountChanged, { ...view, isBySupport, leadsBack }));
  }
  const message = mail.facts.message ?? null;
  if (tellsApplicant(kind)) {
    const view = viewOf({ ...mail, kind }, carried);
    const statusLink = linkTo("/recover/status", carried.caseToken);
    const hasAddress = kind === "case-done";
    const applicant = { ...view, message, statusLink, hasAddress };
    return shown(view, createElement(CaseForApplicant, applicant));
  }
  if (tellsOwner(kind)) {
    const view = viewOf({ ...mail, kind }, carried);
    const objectLink = carriesObjectLink(kind)
      ? linkTo("/recover/object", carried.objectToken)
      : null;
    const isStillTheirs = kind !== "case-changed";
    const owner = { ...view, message, objectLink, isStillTheirs };
    return shown(view, createElement(CaseForOwner, owner));
  }
  if (tellsAdmins(kind)) {
    const view = viewOf({ ...mail, kind }, carried);
    return shown(view, createElement(StaffTold, view));
  }
  switch (kind) {
    case "sign-in-code": {
      const view = viewOf({ ...mail, kind }, carried);
      const isOfStaff = mail.facts.about?.role !== undefined;
      return shown(view, createElement(SignInCode, { ...view, code, isOfStaff }));
    }
    case "sign-up-code":
    case "new-address-code": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(SignUpCode, { ...view, code }));
    }
    case "widening-code": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(WideningCode, { ...view, code }));
    }
    case "place-trusted": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(PlaceTrusted, view));
    }
    case "sign-in-blocked": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(SignInBlocked, view));
    }
    case "new-browser": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(NewBrowser, view));
    }
    case "someone-knows-your-password": {
      const view = viewOf({ ...mail, kind }, carried);
      const ends = mail.facts.until === undefined ? "with-a-new-password" : "at-a-time";
      return shown(view, createElement(SomeoneKnowsYourPassword, { ...view, ends }));
    }
    case "already-have-account": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(AlreadyHaveAccount, view));
    }
    case "password-reset": {
      const view = viewOf({ ...mail, kind }, carried);
      const resetLink = linkTo("/reset-password", carried.resetToken);
      return shown(view, createElement(PasswordReset, { ...view, resetLink }));
    }
    case "password-changed": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(PasswordChanged, view));
    }
    case "more-notices": {
      const view = viewOf({ ...mail, kind }, carried);
      const { more, bySupport } = mail.facts;
      const isOfStaff = more !== undefined && tellsAdmins(more.kind);
      const readBy = isOfStaff ? "admin" : bySupport === true ? "owner-after-support" : "owner";
      const isCut = (more?.count ?? 0) > view.happened.length;
      return shown(view, createElement(MoreNotices, { ...view, isCut, readBy }));
    }
    case "account-closed": {
      const view = viewOf({ ...mail, kind }, carried);
      return shown(view, createElement(AccountClosed, view));
    }
    case "staff-invited": {
      const view = viewOf({ ...mail, kind }, carried);
      const confirmLink = linkTo("/staff-invitation", carried.invitationToken);
      return shown(view, createElement(ConfirmAddress, { ...view, confirmLink }));
    }
    case "confirm-address": {
      const view = viewOf({ ...mail, kind }, carried);
      const confirmLink = linkTo("/confirm-address", carried.confirmToken);
      return shown(view, createElement(ConfirmAddress, { ...view, confirmLink }));
    }
    case "confirm-old-email":
    case "confirm-new-email": {
      const view = viewOf({ ...mail, kind }, carried);
      const confirmLink = linkTo("/confirm-address", carried.confirmToken);
      return shown(view, createElement(ConfirmEmailChange, { ...view, confirmLink }));
    }
  }
}

// Their sentences say until when.
const kindsWithAnEnd: MailKind[] = [
  "staff-invited",
  "hotline-pass",
  "case-approved",
  "case-will-change",
  "case-reminder",
];

function lacksToken({ kind, facts }: MailToShow, carried: Carried): boolean {
  const lacks = (carries: boolean, token: string | null | undefined) => carries && !token;
  const ends = carriesResetLink(kind) || carriesConfirmLink(kind) || kindsWithAnEnd.includes(kind);
  return (
    (ends && facts.until === undefined) ||
    lacks(carriesResetLink(kind), carried.resetToken) ||
    lacks(carriesConfirmLink(kind), carried.confirmToken) ||
    lacks(tellsApplicant(kind), carried.caseToken) ||
    lacks(carriesObjectLink(kind), carried.objectToken) ||
    lacks(kind === "staff-invited", carried.invitationToken)
  );
}

/**
 * Makes subject, HTML and plain text of a mail. The same row gives the same mail however often it
 * is tried: providers compare repeated requests.
 *
 * @throws when the code, the token or the facts that the kind needs are missing
 */
export async function renderMail(mail: MailToShow, carried: Carried = {}): Promise<RenderedMail> {
  const { kind, facts } = mail;
  const { until, reference } = facts;
  if (carriesCode(kind) && (!/^\d{6}$/.test(carried.code ?? "") || until === undefined)) {
    throw new Error(`A mail of kind ${kind} needs its code of six digits and its end.`);
  }
  if (lacksToken(mail, carried)) {
    throw new Error(`A mail of kind ${kind} needs the token of its link and its end.`);
  }
  if (kind === "sign-in-blocked" && (until === undefined || reference === undefined)) {
    throw new Error(`A mail of kind ${kind} needs the block's end and its reference.`);
  }
  const { subject, body } = templateOf(mail, carried);
  const html = await render(body);
  return { subject, html, text: plainTextOf(html) };
}
