import { createElement, type FunctionComponent } from "react";
import { render } from "react-email";
import { expect, test } from "vitest";
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

const templates = {
  AccountChanged,
  AccountClosed,
  AlreadyHaveAccount,
  CaseForApplicant,
  CaseForOwner,
  ConfirmAddress,
  ConfirmEmailChange,
  MoreNotices,
  NewBrowser,
  PasswordChanged,
  PasswordReset,
  PlaceTrusted,
  SignInBlocked,
  SignInCode,
  SignUpCode,
  SomeoneKnowsYourPassword,
  StaffTold,
  WideningCode,
};

test.each(Object.entries(templates))(
  "%s shows itself in the preview, all words filled",
  async (_, template) => {
    const Template = template as unknown as FunctionComponent<object>;
    const html = await render(createElement(Template, template.PreviewProps));
    const { title, whatHappened } = template.PreviewProps.words;
    expect(html).toContain(title);
    expect(html).toContain(whatHappened);
    expect(html.replace(/<style>.*?<\/style>/gs, "")).not.toMatch(/\{\w+\}/);
  },
);
