import { answerDone, refuse } from "@/app/forms/answer";
import { askToSignIn } from "@/lib/next-auth/session";
import { rememberTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";
import type { WideningOutcome } from "@/lib/widening/ask-to-widen";
import type { WideningRequest } from "@/lib/widening/widening-request";

type Done = Extract<WideningOutcome, { kind: "done" }>["result"];

const pages = {
  "add-place": "/account/security",
  "trust-browser": "/account/security/sessions",
  "add-address": "/account/contact",
  "set-phone": "/account/contact",
} as const;

/** The page with the form of a request; none is known: the one that says what opens the account. */
export const pageOfRequest = (request: WideningRequest | undefined) =>
  pages[request?.kind ?? "add-place"];

/** Where a granted request is answered: the page that shows what came of it. */
export async function answerGranted(result: Done): Promise<never> {
  switch (result.kind) {
    case "place-added":
    case "place-known":
      return answerDone(pages["add-place"], result.kind, { place: result.network });
    case "browser-trusted":
      await rememberTrustedBrowser(result.key);
      return answerDone(pages["trust-browser"], result.kind);
    case "address-asked":
      return answerDone(pages["add-address"], result.kind, { address: result.email });
    case "phone-set":
    case "phone-unchanged":
      return answerDone(pages["set-phone"], result.kind, { end: result.phoneEnd ?? "" });
    case "address-refused":
      return refuse(pages["add-address"], {
        form: "add-address",
        errors: { email: result.because },
      });
  }
}

/**
 * Answers a form that asked for something that widens access.
 *
 * @param path of the form's page
 * @param form its name there
 */
export async function answerWidening(
  path: string,
  form: "add-address" | "add-place" | "set-phone" | "trust-browser",
  outcome: WideningOutcome,
): Promise<never> {
  switch (outcome.kind) {
    case "done":
      return answerGranted(outcome.result);
    case "code-asked":
      return answerDone("/account/confirm", "code-asked");
    case "password-missing":
      return refuse(path, { form, errors: { password: "passwordMissing" } });
    case "password-wrong":
      return refuse(path, { form, errors: { password: "passwordWrong" } });
    case "too-many":
      return refuse(path, { form, reason: "tooMany", until: outcome.until });
    case "codes-used-up":
      return refuse(path, { form, reason: "codesUsedUp", until: outcome.until });
    case "password-must-change":
      return refuse(path, { form, reason: "passwordMustChange" });
    case "blocked": {
      const { until, reference } = outcome;
      return refuse(path, { form, reason: "blocked", until, reference });
    }
    case "signed-out":
      return askToSignIn(path);
  }
}
