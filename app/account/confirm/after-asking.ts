import { redirect } from "next/navigation";
import { answerDone, refuse } from "@/app/forms/answer";
import { clearNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { rememberTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";
import type { AskingChanged } from "@/lib/two-step/change-asking";
import type { ConsentsChanged } from "@/lib/two-step/change-passkey";
import { handCodesToPage } from "@/lib/two-step/codes-cookie";
import type { WideningOutcome } from "@/lib/widening/ask-to-widen";
import type { WideningRequest } from "@/lib/widening/widening-request";

type Done = Extract<WideningOutcome, { kind: "done" }>["result"];

/** What came of a request, or of one that needs the password alone. */
type Granted = Done | AskingChanged | ConsentsChanged;

const pages = {
  "add-place": "/account/security",
  "trust-browser": "/account/security/sessions",
  "add-address": "/account/contact",
  "change-email": "/account/contact",
  "set-phone": "/account/contact",
  "turn-on-app": "/account/security/two-step",
  "make-recovery-codes": "/account/security/two-step",
  "ask-at-new-places": "/account/security/two-step",
  "add-passkey": "/account/security/two-step",
  "allow-passkey": "/account/security/two-step",
  "keep-factors": "/account",
} as const;

/** The page with the form of a request; none is known: the one that says what opens the account. */
export const pageOfRequest = (request: WideningRequest | undefined) =>
  pages[request?.kind ?? "add-place"];

/** Where a granted request is answered: the page that shows what came of it. */
export async function answerGranted(result: Granted, { id }: { id: string }): Promise<never> {
  switch (result.kind) {
    case "place-added":
    case "place-known":
      return answerDone(pages["add-place"], result.kind, { place: result.network });
    case "browser-trusted":
      await rememberTrustedBrowser(result.key);
      return answerDone(pages["trust-browser"], result.kind);
    case "address-asked":
      return answerDone(pages["add-address"], result.kind, { address: result.email });
    case "email-change-asked":
      return answerDone(pages["change-email"], result.kind, { address: result.newEmail });
    case "email-change-too-often":
      return refuse(pages["change-email"], { form: "change-email", reason: "tooOften" });
    case "phone-set":
    case "phone-unchanged":
      return answerDone(pages["set-phone"], result.kind, { end: result.phoneEnd ?? "" });
    case "app-turned-on": {
      const what = result.needsCodes ? "app-turned-on-first" : result.kind;
      return answerDone(pages["turn-on-app"], what, { name: result.name });
    }
    case "codes-made":
      handCodesToPage(id, result.codes);
      await clearNotice();
      return redirect(`${pages["make-recovery-codes"]}/codes`);
    case "passkey-added": {
      const what = result.needsCodes ? "passkey-added-first" : result.kind;
      return answerDone(pages["add-passkey"], what, { name: result.name });
    }
    case "passkey-allowed":
    case "passkey-unchanged":
      return answerDone(pages["allow-passkey"], result.kind, { name: result.name });
    case "passkey-known":
    case "passkey-too-many":
    case "passkey-gone":
    case "app-over":
    case "app-too-many":
    case "codes-need-factor":
    case "asked-always":
    case "asked-at-new-places":
    case "asking-unchanged":
      return answerDone(pages["turn-on-app"], result.kind);
    case "factors-kept":
    case "factors-nothing-ends":
      return answerDone(pages["keep-factors"], result.kind);
    case "address-refused":
      return refuse(pages["add-address"], {
        form: "add-address",
        errors: { email: result.because },
      });
  }
}

/** The forms that ask for something that widens access, by the names of their answers. */
type WideningForm =
  | "add-address"
  | "add-place"
  | "change-email"
  | "set-phone"
  | "trust-browser"
  | "turn-on-app"
  | "make-codes"
  | "choose-asking"
  | "add-passkey"
  | "allow-passkey"
  | "keep-second-step";

/** Answers what waits until it is settled whether a factor ends: the page that says so, and how to keep it. */
export const answerFrozen = (): Promise<never> =>
  answerDone(pages["keep-factors"], "changes-frozen");

/**
 * Answers a form that asked for something that widens access.
 *
 * @param path of the form's page
 * @param form its name there
 * @param values what it is about, where its page has several of the kind
 */
export async function answerWidening(
  path: string,
  form: WideningForm,
  outcome: WideningOutcome,
  session: { id: string },
  values: Record<string, string> = {},
): Promise<never> {
  switch (outcome.kind) {
    case "done":
      return answerGranted(outcome.result, session);
    case "code-asked":
    case "factor-asked":
      return answerDone("/account/confirm", outcome.kind);
    case "password-missing":
      return refuse(path, { form, values, errors: { password: "passwordMissing" } });
    case "password-wrong":
      return refuse(path, { form, values, errors: { password: "passwordWrong" } });
    case "too-many":
      return refuse(path, { form, values, reason: "tooMany", until: outcome.until });
    case "codes-used-up":
      return refuse(path, { form, values, reason: "codesUsedUp", until: outcome.until });
    case "password-must-change":
      return refuse(path, { form, values, reason: "passwordMustChange" });
    case "frozen":
      return answerFrozen();
    case "blocked": {
      const { until, reference } = outcome;
      return refuse(path, { form, values, reason: "blocked", until, reference });
    }
    case "signed-out":
      return askToSignIn(path);
  }
}
