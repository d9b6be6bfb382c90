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
import StaffNotice from "@/emails/staff-notified";
import WideningCode from "@/emails/widening-code";

/** The templates, by the names that the rows of `mails.ts` give them: pages ask those, and need no react-email. */
export const templates = {
  "account-changed": AccountChanged,
  "account-closed": AccountClosed,
  "already-have-account": AlreadyHaveAccount,
  "case-for-applicant": CaseForApplicant,
  "case-for-owner": CaseForOwner,
  "confirm-address": ConfirmAddress,
  "confirm-email-change": ConfirmEmailChange,
  "more-notices": MoreNotices,
  "new-browser": NewBrowser,
  "password-changed": PasswordChanged,
  "password-reset": PasswordReset,
  "place-trusted": PlaceTrusted,
  "sign-in-blocked": SignInBlocked,
  "sign-in-code": SignInCode,
  "sign-up-code": SignUpCode,
  "someone-knows-your-password": SomeoneKnowsYourPassword,
  "staff-notice": StaffNotice,
  "widening-code": WideningCode,
};

export type TemplateName = keyof typeof templates;

/** The templates that can show a mail which offers a view. */
export type TemplateFor<View> = {
  [Name in TemplateName]: View extends Parameters<(typeof templates)[Name]>[0] ? Name : never;
}[TemplateName];
