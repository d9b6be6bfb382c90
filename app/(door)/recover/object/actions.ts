"use server";

import { redirect } from "next/navigation";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { objectToCase } from "@/lib/cases/change/object-to-case";
import { clientNow } from "@/lib/client/client-ip";
import { clearNotice } from "@/lib/forms/notice";
import { oneValue } from "@/lib/password/typed-credentials";

/** Carries an objection out. */
export async function objectAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = `/recover/object?token=${encodeURIComponent(token?.slice(0, 100) ?? "")}`;
  const client = clientNow();
  const outcome = await orUnavailable(path, () => objectToCase(token, client));
  switch (outcome.kind) {
    case "objected":
      return answerDone(path, "recover-objected", { reference: outcome.reference });
    case "noted":
      return answerDone(path, "recover-objection-noted", { reference: outcome.reference });
    case "over":
      await clearNotice();
      return redirect(path);
  }
}
