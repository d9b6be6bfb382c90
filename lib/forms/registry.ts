import { type FormEntry, formsOf } from "@/lib/forms/form-entry";
import { studioForms } from "@/lib/forms/studio-forms";

const token = { inQuery: ["token"] };

const small = { inCookie: true } as const;

const wayIn: Record<string, FormEntry> = {
  ...formsOf(
    "/login",
    "app/(door)/login/actions",
    {
      "sign-in": { action: "signInAction", inQuery: ["callbackUrl"] },
      "passkey-sign-in": { action: "signInWithPasskeyAction", inQuery: ["callbackUrl"] },
    },
    small,
  ),
  ...formsOf("/signup", "app/(door)/signup/actions", { "sign-up": "signUpAction" }, small),
  ...formsOf(
    "/verify",
    "app/(door)/verify/actions",
    {
      verify: { action: "verifyAction", versions: [1, 2, 3] },
      "verify-again": { action: "resendAction", versions: [1, 2] },
      "new-code-for-network": "sendForThisNetworkAction",
      "continue-with-pass": "continueAction",
    },
    small,
  ),
  ...formsOf(
    "/forgot-password",
    "app/(door)/forgot-password/actions",
    { "forgot-password": "requestResetAction" },
    small,
  ),
  ...formsOf(
    "/reset-password",
    "app/(door)/reset-password/actions",
    { "reset-password": "resetPasswordAction" },
    { ...token, ...small },
  ),
};

const pagesOfLinks: Record<string, FormEntry> = {
  ...formsOf(
    "/not-me",
    "app/(door)/not-me/actions",
    { "not-me": { action: "pressNotMeAction", versions: [1, 2, 3] } },
    token,
  ),
  ...formsOf(
    "/confirm-address",
    "app/(door)/confirm-address/actions",
    { "confirm-address": "confirmAddressAction" },
    token,
  ),
  ...formsOf(
    "/staff-invitation",
    "app/(door)/staff-invitation/actions",
    { "accept-staff-invitation": "acceptInvitationAction", "join-staff": "joinAction" },
    token,
  ),
};

const help: Record<string, FormEntry> = {
  ...formsOf(
    "/help/[article]",
    "app/help/[article]/actions",
    {
      "useful-article": "sayUsefulAction",
      "rate-article": "rateAction",
      "ask-question": "askAction",
    },
    { inPath: "article" },
  ),
  ...formsOf(
    "/help/was-it-us",
    "app/help/was-it-us/actions",
    { "was-it-us": "askAboutMailAction" },
    small,
  ),
};

// Until one form held the whole draft.
const partsOfDraft = {
  "case-address": { pressed: "address" },
  "case-code": { pressed: "code" },
  "case-code-again": { pressed: "code-again" },
  "remove-document": { pressed: "remove" },
  "send-case": { pressed: "send" },
  "discard-case": { pressed: "discard" },
};

const lostMailbox: Record<string, FormEntry> = {
  ...formsOf("/recover", "app/(door)/recover/actions", {
    "start-case": { action: "startAction", versions: [1, 2], inQuery: ["for"], isMain: true },
    // Its first version held what happened alone; what it leaves out was not typed.
    "case-story": { action: "fillDraftAction", versions: [1, 2], formerly: partsOfDraft },
  }),
  ...formsOf("/recover/status", "app/(door)/recover/status/actions", {
    "find-case": "lookUpAction",
    "answer-case": { action: "answerAction", ...token },
    "withdraw-case": { action: "withdrawAction", ...token },
  }),
  ...formsOf(
    "/recover/object",
    "app/(door)/recover/object/actions",
    { "object-to-case": "objectAction" },
    token,
  ),
};

const account: Record<string, FormEntry> = {
  ...formsOf("/account", "app/account/actions", {
    "sign-out": "signOutAction",
    "keep-passkey": "keepPasskeyAction",
    "keep-second-step": { action: "keepFactorsAction", versions: [1, 2] },
  }),
  ...formsOf("/account/confirm", "app/account/confirm/actions", {
    "confirm-code": { action: "confirmAction", versions: [1, 2] },
    "confirm-code-again": { action: "resendAction", versions: [1, 2] },
    "cancel-code": "cancelAction",
  }),
  ...formsOf("/account/data", "app/account/data/actions", {
    "close-account": "closeAccountAction",
    "keep-account": "keepAccountAction",
  }),
  ...formsOf("/account/let-in", "app/account/let-in/actions", { "let-in": "letInAction" }),
  ...formsOf("/account/password", "app/account/password/actions", {
    "change-password": "changePasswordAction",
  }),
  ...formsOf("/account/contact", "app/account/contact/actions", {
    "change-email": { action: "changeEmailAction", isMain: true },
    "cancel-email-change": "cancelEmailChangeAction",
    "add-address": "addAddressAction",
    "resend-address": "resendAddressAction",
    "remove-address": "removeAddressAction",
    "set-phone": "setPhoneAction",
    "save-details": "saveDetailsAction",
  }),
  ...formsOf("/account/security", "app/account/security/actions", {
    "add-place": "addPlaceAction",
    "remove-place": "removePlaceAction",
    "rename-place": "renamePlaceAction",
  }),
  ...formsOf("/account/security/sessions", "app/account/security/sessions/actions", {
    "trust-browser": "trustBrowserAction",
    "forget-browser": "forgetBrowserAction",
    "end-session": "endSessionAction",
    "end-other-sessions": "endOtherSessionsAction",
  }),
  ...formsOf("/account/security/two-step", "app/account/security/two-step/actions", {
    "add-app": "addAppAction",
    "make-codes": "makeCodesAction",
    "choose-asking": "chooseAskingAction",
    "add-passkey": "addPasskeyAction",
    "rename-passkey": "renamePasskeyAction",
    "allow-passkey": "allowPasskeyAction",
  }),
  ...formsOf("/account/security/two-step/app", "app/account/security/two-step/app/actions", {
    "turn-on-app": { action: "turnOnAction", isMain: true },
  }),
  ...formsOf("/account/security/two-step/remove", "app/account/security/two-step/remove/actions", {
    "remove-factor": { action: "removeAction", inQuery: ["what", "id"], versions: [1, 2] },
  }),
  ...formsOf(
    "/account/security/two-step/check-up",
    "app/account/security/two-step/check-up/actions",
    {
      "check-up": { action: "checkUpAction", inQuery: ["callbackUrl"] },
    },
  ),
  ...formsOf("/account/security/mails", "app/account/security/mails/actions", {
    "tell-of-browsers": "notifyOfNewBrowsersAction",
  }),
};

// Until one form served them all.
const formsOfActs = {
  "lift-block": { act: "block-lifted" },
  "end-sessions-of-customer": { act: "sessions-ended-by-support" },
  "forget-place-of-customer": { act: "place-forgotten-by-support" },
  "switch-password-off": { act: "password-switched-off" },
  "reset-of-customer": { act: "reset-by-support" },
};

const support: Record<string, FormEntry> = {
  ...formsOf(
    "/support/cases/[id]",
    "app/support/cases/[id]/actions",
    {
      "ask-case": "askForMoreAction",
      "approve-case": "approveAction",
      "refuse-case": "refuseAction",
    },
    { inPath: "id" },
  ),
  ...formsOf(
    "/support/customers/[id]",
    "app/support/customers/[id]/actions",
    {
      "show-addresses": "showAddressesAction",
      // Named main, so that a form without "act" is never taken for another one with its fields.
      "act-on-customer": { action: "actAction", formerly: formsOfActs, isMain: true },
      "hotline-pass": "grantPassAction",
      "confirm-call-back": "confirmCallBackAction",
    },
    { inPath: "customer" },
  ),
  ...formsOf("/support/questions", "app/support/questions/actions", {
    "answer-question": "publishAnswerAction",
    "decline-question": "declineQuestionAction",
    "take-answer-back": "takeBackAnswerAction",
  }),
  ...formsOf("/support/settings", "app/support/settings/actions", {
    "support-settings": "saveSettingsAction",
  }),
  ...formsOf("/support/staff", "app/support/staff/actions", {
    "invite-staff": "inviteAction",
    "change-role": "changeRoleAction",
    "withdraw-staff-invitation": "withdrawAction",
  }),
};

/** Every form that is sent to an action, by its name. */
export const formRegistry: Readonly<Record<string, FormEntry>> = {
  ...wayIn,
  ...pagesOfLinks,
  ...help,
  ...lostMailbox,
  ...account,
  ...support,
  ...studioForms,
};
