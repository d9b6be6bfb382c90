/** What a form is called outside of one build, and what of it is still taken. */
export type FormEntry = {
  /** The file of its action without the ending, and the action's name there. May move; the form's name may not. */
  action: `${string}#${string}`;
  /** The page that shows it: fields posted there without saying of which form may be this one's. */
  page: `/${string}`;
  /** Versions of its fields (published-shapes.ts) that the action judges rightly, the present one last. */
  versions: readonly [number, ...number[]];
  /** Fields that its page has in its address, under the same names. */
  inQuery?: readonly string[];
  /** Among forms of one page with the same fields, the one meant by who does not say which. */
  isMain?: true;
};

type Rest = Pick<FormEntry, "inQuery" | "isMain"> & { versions?: FormEntry["versions"] };

const form = (
  action: FormEntry["action"],
  page: FormEntry["page"],
  rest: Rest = {},
): FormEntry => ({
  action,
  page,
  versions: [1],
  ...rest,
});

const token: Rest = { inQuery: ["token"] };

/** Every form that is sent to an action, by its name. */
export const formRegistry: Readonly<Record<string, FormEntry>> = {
  // The way in
  "sign-in": form("app/(door)/login/actions#signInAction", "/login", { inQuery: ["callbackUrl"] }),
  "sign-up": form("app/(door)/signup/actions#signUpAction", "/signup"),
  "forgot-password": form(
    "app/(door)/forgot-password/actions#requestResetAction",
    "/forgot-password",
  ),
  "reset-password": form(
    "app/(door)/reset-password/actions#resetPasswordAction",
    "/reset-password",
    token,
  ),
  verify: form("app/(door)/verify/actions#verifyAction", "/verify"),
  "verify-again": form("app/(door)/verify/actions#resendAction", "/verify"),
  "new-code-for-network": form("app/(door)/verify/actions#sendForThisNetworkAction", "/verify"),
  "continue-with-pass": form("app/(door)/verify/actions#continueAction", "/verify"),
  // Pages of mailed links
  "not-me": form("app/(door)/not-me/actions#pressNotMeAction", "/not-me", token),
  "confirm-address": form(
    "app/(door)/confirm-address/actions#confirmAddressAction",
    "/confirm-address",
    token,
  ),
  "accept-staff-invitation": form(
    "app/(door)/staff-invitation/actions#acceptInvitationAction",
    "/staff-invitation",
    token,
  ),
  "join-staff": form("app/(door)/staff-invitation/actions#joinAction", "/staff-invitation", token),
  // Help
  "useful-article": form("app/(door)/help/[article]/actions#sayUsefulAction", "/help/[article]"),
  "rate-article": form("app/(door)/help/[article]/actions#rateAction", "/help/[article]"),
  "ask-question": form("app/(door)/help/[article]/actions#askAction", "/help/[article]"),
  // A lost mailbox
  "start-case": form("app/(door)/recover/actions#startAction", "/recover", {
    inQuery: ["for"],
    isMain: true,
  }),
  "case-address": form("app/(door)/recover/actions#askAddressAction", "/recover"),
  "case-code": form("app/(door)/recover/actions#confirmAddressAction", "/recover"),
  "case-code-again": form("app/(door)/recover/actions#resendCodeAction", "/recover"),
  "case-story": form("app/(door)/recover/actions#saveStoryAction", "/recover"),
  "remove-document": form("app/(door)/recover/actions#removeDocumentAction", "/recover"),
  "send-case": form("app/(door)/recover/actions#sendAction", "/recover"),
  "discard-case": form("app/(door)/recover/actions#discardAction", "/recover"),
  "find-case": form("app/(door)/recover/status/actions#lookUpAction", "/recover/status"),
  "answer-case": form("app/(door)/recover/status/actions#answerAction", "/recover/status", token),
  "withdraw-case": form(
    "app/(door)/recover/status/actions#withdrawAction",
    "/recover/status",
    token,
  ),
  "object-to-case": form(
    "app/(door)/recover/object/actions#objectAction",
    "/recover/object",
    token,
  ),
  // The customer area
  "sign-out": form("app/account/actions#signOutAction", "/account"),
  "confirm-code": form("app/account/confirm/actions#confirmAction", "/account/confirm"),
  "confirm-code-again": form("app/account/confirm/actions#resendAction", "/account/confirm"),
  "cancel-code": form("app/account/confirm/actions#cancelAction", "/account/confirm"),
  "close-account": form("app/account/data/actions#closeAccountAction", "/account/data"),
  "keep-account": form("app/account/data/actions#keepAccountAction", "/account"),
  "change-password": form("app/account/password/actions#changePasswordAction", "/account/password"),
  "change-email": form("app/account/contact/actions#changeEmailAction", "/account/contact", {
    isMain: true,
  }),
  "cancel-email-change": form(
    "app/account/contact/actions#cancelEmailChangeAction",
    "/account/contact",
  ),
  "add-address": form("app/account/contact/actions#addAddressAction", "/account/contact"),
  "resend-address": form("app/account/contact/actions#resendAddressAction", "/account/contact"),
  "remove-address": form("app/account/contact/actions#removeAddressAction", "/account/contact"),
  "set-phone": form("app/account/contact/actions#setPhoneAction", "/account/contact"),
  "save-details": form("app/account/contact/actions#saveDetailsAction", "/account/contact"),
  "add-place": form("app/account/security/actions#addPlaceAction", "/account/security"),
  "remove-place": form("app/account/security/actions#removePlaceAction", "/account/security"),
  "rename-place": form("app/account/security/actions#renamePlaceAction", "/account/security"),
  "trust-browser": form("app/account/security/actions#trustBrowserAction", "/account/security"),
  "forget-browser": form("app/account/security/actions#forgetBrowserAction", "/account/security"),
  "end-session": form("app/account/security/actions#endSessionAction", "/account/security"),
  "end-other-sessions": form(
    "app/account/security/actions#endOtherSessionsAction",
    "/account/security",
  ),
  "tell-of-browsers": form(
    "app/account/security/actions#tellOfNewBrowsersAction",
    "/account/security",
  ),
  // Support
  "ask-case": form("app/support/cases/[id]/actions#askForMoreAction", "/support/cases/[id]"),
  "approve-case": form("app/support/cases/[id]/actions#approveAction", "/support/cases/[id]"),
  "refuse-case": form("app/support/cases/[id]/actions#refuseAction", "/support/cases/[id]"),
  "show-addresses": form(
    "app/support/customers/[id]/actions#showAddressesAction",
    "/support/customers/[id]",
  ),
  "lift-block": form(
    "app/support/customers/[id]/actions#liftBlockAction",
    "/support/customers/[id]",
  ),
  "end-sessions-of-customer": form(
    "app/support/customers/[id]/actions#endSessionsAction",
    "/support/customers/[id]",
  ),
  "forget-place-of-customer": form(
    "app/support/customers/[id]/actions#forgetPlaceAction",
    "/support/customers/[id]",
  ),
  "switch-password-off": form(
    "app/support/customers/[id]/actions#switchOffAction",
    "/support/customers/[id]",
  ),
  "reset-of-customer": form(
    "app/support/customers/[id]/actions#startResetAction",
    "/support/customers/[id]",
  ),
  "hotline-pass": form(
    "app/support/customers/[id]/actions#grantPassAction",
    "/support/customers/[id]",
  ),
  "answer-question": form(
    "app/support/questions/actions#publishAnswerAction",
    "/support/questions",
  ),
  "decline-question": form(
    "app/support/questions/actions#declineQuestionAction",
    "/support/questions",
  ),
  "take-answer-back": form(
    "app/support/questions/actions#takeBackAnswerAction",
    "/support/questions",
  ),
  "support-settings": form("app/support/settings/actions#saveSettingsAction", "/support/settings"),
  "invite-staff": form("app/support/staff/actions#inviteAction", "/support/staff"),
  "change-role": form("app/support/staff/actions#changeRoleAction", "/support/staff"),
  "withdraw-staff-invitation": form("app/support/staff/actions#withdrawAction", "/support/staff"),
};
