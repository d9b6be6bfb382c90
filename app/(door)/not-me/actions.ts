"use server";

import { redirect } from "next/navigation";
import { refuse } from "@/app/forms/answer";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { type PressOutcome, pressNotMe } from "@/lib/not-me/press-not-me";
import { takeAnswer } from "@/lib/passkeys/judge-passkey-answer";
import { notMeHolder } from "@/lib/passkeys/not-me-holder";
import { sentAnswer } from "@/lib/passkeys/sent-answer";
import { oneValue } from "@/lib/password/typed-credentials";

/** Carries "that was not me" out. */
export async function pressNotMeAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = `/not-me?token=${encodeURIComponent(token?.slice(0, 100) ?? "")}`;
  const password = oneValue(form, "password") ?? "";
  const answer = oneValue(form, "code") ?? "";
  const sent = sentAnswer(form);
  const isTyped = password !== "" || answer.trim() !== "" || sent.text !== "";
  let outcome: PressOutcome;
  try {
    const browserId = await rememberBrowser();
    const taken = sent.text === "" ? null : await takeAnswer(sent, notMeHolder(browserId));
    const passkey = taken?.kind === "taken" ? taken.taken : null;
    const typed = isTyped ? { password, answer, passkey, browserId } : null;
    outcome =
      taken?.kind === "refused"
        ? { kind: "passkey-refused", because: taken.because }
        : await pressNotMe(token, clientNow(), typed);
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return redirect(path);
  }
  switch (outcome.kind) {
    case "secured": {
      const { maskedContact, blockedUntil, factor, factorsEndAt } = outcome;
      const until = blockedUntil?.toISOString() ?? "";
      const factorEnds = factorsEndAt?.toISOString() ?? "";
      const values = { maskedContact, until, factor, factorEnds };
      await leaveNotice({ kind: "done", what: "secured", values });
      return redirect(path);
    }
    case "invalid":
      return refuse(path, { form: "not-me", errors: outcome.errors });
    case "passkey-refused":
      return refuse(path, { form: "not-me", reason: outcome.because });
    case "too-many":
      return refuse(path, { form: "not-me", reason: "tooMany", until: outcome.until });
    case "blocked-answers": {
      const { until, reference } = outcome;
      return refuse(path, { form: "not-me", reason: "blocked", until, reference });
    }
    case "over":
      await leaveNotice({ kind: "over", page: "/not-me" });
      return redirect(path);
  }
}
