import { answerDone, refuse } from "@/app/forms/answer";
import { askToSignIn } from "@/lib/next-auth/session";
import { rememberTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";
import type { WideningOutcome } from "@/lib/widening/ask-to-widen";

type Done = Extract<WideningOutcome, { kind: "done" }>["result"];

/** Where a granted request is answered: the page that shows what came of it. */
export async function answerGranted(result: Done): Promise<never> {
  switch (result.kind) {
    case "place-added":
    case "place-known":
      return answerDone("/account/security", result.kind, { place: result.network });
    case "browser-trusted":
      await rememberTrustedBrowser(result.key);
      return answerDone("/account/security", result.kind);
    case "address-asked":
      return answerDone("/account/contact", result.kind, { address: result.email });
    case "phone-set":
    case "phone-unchanged":
      return answerDone("/account/contact", result.kind, { end: result.phoneEnd ?? "" });
    case "address-refused":
      return refuse("/account/contact", {
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
