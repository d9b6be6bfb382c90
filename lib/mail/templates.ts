import AccountChanged, { Ending as AccountChangedEnding } from "@/emails/account-changed";
import AccountClosed, { Ending as AccountClosedEnding } from "@/emails/account-closed";
import AlreadyHaveAccount, {
  Ending as AlreadyHaveAccountEnding,
} from "@/emails/already-have-account";
import CaseForApplicant, { Ending as CaseForApplicantEnding } from "@/emails/case-for-applicant";
import CaseForOwner, { Ending as CaseForOwnerEnding } from "@/emails/case-for-owner";
import ConfirmAddress, { Ending as ConfirmAddressEnding } from "@/emails/confirm-address";
import ConfirmEmailChange, {
  Ending as ConfirmEmailChangeEnding,
} from "@/emails/confirm-email-change";
import MoreNotices, { Ending as MoreNoticesEnding } from "@/emails/more-notices";
import NewBrowser, { Ending as NewBrowserEnding } from "@/emails/new-browser";
import PasswordChanged, { Ending as PasswordChangedEnding } from "@/emails/password-changed";
import PasswordReset, { Ending as PasswordResetEnding } from "@/emails/password-reset";
import PlaceTrusted, { Ending as PlaceTrustedEnding } from "@/emails/place-trusted";
import SignInBlocked, { Ending as SignInBlockedEnding } from "@/emails/sign-in-blocked";
import SignInCode, { Ending as SignInCodeEnding } from "@/emails/sign-in-code";
import SignUpCode, { Ending as SignUpCodeEnding } from "@/emails/sign-up-code";
import SomeoneKnowsYourPassword, {
  Ending as SomeoneKnowsYourPasswordEnding,
} from "@/emails/someone-knows-your-password";
import StaffNotice, { Ending as StaffNoticeEnding } from "@/emails/staff-notified";
import StudioNotice, { Ending as StudioNoticeEnding } from "@/emails/studio-notice";
import WideningCode, { Ending as WideningCodeEnding } from "@/emails/widening-code";

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
  "studio-notice": StudioNotice,
  "widening-code": WideningCode,
};

/** What ends the mails of each template, whatever else their text is: what to do if it was somebody else. */
export const endings = {
  "account-changed": AccountChangedEnding,
  "account-closed": AccountClosedEnding,
  "already-have-account": AlreadyHaveAccountEnding,
  "case-for-applicant": CaseForApplicantEnding,
  "case-for-owner": CaseForOwnerEnding,
  "confirm-address": ConfirmAddressEnding,
  "confirm-email-change": ConfirmEmailChangeEnding,
  "more-notices": MoreNoticesEnding,
  "new-browser": NewBrowserEnding,
  "password-changed": PasswordChangedEnding,
  "password-reset": PasswordResetEnding,
  "place-trusted": PlaceTrustedEnding,
  "sign-in-blocked": SignInBlockedEnding,
  "sign-in-code": SignInCodeEnding,
  "sign-up-code": SignUpCodeEnding,
  "someone-knows-your-password": SomeoneKnowsYourPasswordEnding,
  "staff-notice": StaffNoticeEnding,
  "studio-notice": StudioNoticeEnding,
  "widening-code": WideningCodeEnding,
} satisfies { [Name in keyof typeof templates]: unknown };

export type TemplateName = keyof typeof templates;

/** The templates that can show a mail which offers a view. */
export type TemplateFor<View> = {
  [Name in TemplateName]: View extends Parameters<(typeof templates)[Name]>[0] ? Name : never;
}[TemplateName];
