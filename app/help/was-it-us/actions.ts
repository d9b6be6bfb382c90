"use server";

import { answerDone, orRefused, refuse } from "@/app/forms/answer";
import { clientNow } from "@/lib/client/client-ip";
import { WAS_IT_US_PATH } from "@/lib/mail/links";
import { oneValue } from "@/lib/password/typed-credentials";
import { judgeMail } from "@/lib/was-it-us/judge-mail";

/** Says whether a mail is ours, by its reference or its source. */
export async function askAboutMailAction(form: FormData): Promise<void> {
  const client = clientNow();
  const typed = {
    reference: oneValue(form, "reference") ?? "",
    source: oneValue(form, "source") ?? "",
  };
  const refused = { form: "was-it-us", values: { reference: typed.reference } } as const;
  const away = { ...refused, reason: "unavailable" } as const;
  const outcome = await orRefused(WAS_IT_US_PATH, away, () => judgeMail(typed, client));
  switch (outcome.kind) {
    case "judged": {
      const { verdict } = outcome;
      if (verdict.kind === "no-source")
        return refuse(WAS_IT_US_PATH, { ...refused, errors: { source: "sourceNone" } });
      return answerDone(WAS_IT_US_PATH, "was-it-us", {
        verdict: verdict.kind,
        ...("at" in verdict ? { at: verdict.at.toISOString() } : {}),
        ...("isForwarded" in verdict && verdict.isForwarded ? { forwarded: "yes" } : {}),
      });
    }
    case "invalid":
      return refuse(WAS_IT_US_PATH, { ...refused, errors: { ...outcome.errors } });
    case "too-many":
      return refuse(WAS_IT_US_PATH, { ...refused, reason: "tooManyMails", until: outcome.until });
  }
}
