import { helpNumbers } from "@/lib/help/help-numbers";
import { loadMessages } from "@/lib/i18n/load-messages";
import type { Locale } from "@/lib/i18n/locales";
import { mailCopy } from "@/lib/mail/mail-copy";

/** What the texts of articles name: numbers, and the words on the buttons of pages and mails. */
export async function articleValues(locale: Locale) {
  const messages = await loadMessages(locale);
  const { verify, security, sessions, contact, closing, twoStep, passkeys, letIn } = messages;
  return {
    ...helpNumbers(locale),
    resendButton: verify.resend,
    networkButton: verify.sendForThisNetwork,
    trustBox: verify.trust,
    lostMailbox: verify.lostMailbox,
    trustBrowser: security.browser.trust,
    endOthers: sessions.endOthers,
    supportPin: contact.phone.pin,
    exportButton: closing.export.submit,
    closeButton: closing.close.submit,
    keepButton: closing.pending.keep,
    twoStepPage: twoStep.title,
    addApp: twoStep.apps.add,
    turnOn: twoStep.add.submit,
    makeCodes: twoStep.codes.make,
    askNewPlaces: twoStep.asking["new-places"],
    askAlways: twoStep.asking.always,
    saveAsking: twoStep.asking.save,
    removeFactor: twoStep.remove.button,
    lostFactor: verify.factor.lost,
    addPasskey: passkeys.button.add,
    usePasskey: passkeys.button.secondStep,
    signInPasskey: passkeys.button.signIn,
    maySignIn: passkeys.section.maySignIn,
    mayBeSecondStep: passkeys.section.mayBeSecondStep,
    letInPage: letIn.title,
    letInButton: letIn.submit,
    letInContinue: verify.pass.continue,
    objectLink: mailCopy[locale].shared.objectLink,
  };
}
