"use server";

import { redirect } from "next/navigation";
import { statusPath } from "@/app/(door)/recover/status-path";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { answerCase } from "@/lib/cases/request/answer-case";
import { lookUpCase } from "@/lib/cases/request/look-up-case";
import { withdrawCase } from "@/lib/cases/request/withdraw-case";
import { clientNow } from "@/lib/client/client-ip";
import { clearNotice } from "@/lib/forms/notice";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/recover/status";

/** Leads to the page of a request by its number and the address it is for. */
export async function lookUpAction(form: FormData): Promise<void> {
  const typed = {
    reference: oneValue(form, "reference") ?? "",
    email: oneValue(form, "email") ?? "",
  };
  const client = clientNow();
  const outcome = await orUnavailable(PATH, () => lookUpCase(typed, client));
  const refused = { form: "recover-look-up" } as const;
  switch (outcome.kind) {
    case "found":
      await clearNotice();
      return redirect(statusPath(outcome.token));
    case "unknown":
      return refuse(PATH, { ...refused, reason: "unknown" });
    case "invalid":
      return refuse(PATH, { ...refused, errors: { ...outcome.errors } });
    case "too-many":
      return refuse(PATH, { ...refused, reason: "tooManyLooks", until: outcome.until });
  }
}

const answerErrors = {
  empty: "answerMissing",
  "too-long": "answerTooLong",
  full: "answersFull",
} as const;

/** Adds a message to a sent request. */
export async function answerAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const typed = oneValue(form, "answer") ?? "";
  const path = statusPath(token ?? "");
  const outcome = await orUnavailable(path, () => answerCase(token, typed));
  const refused = { form: "recover-answer" } as const;
  switch (outcome.kind) {
    case "answered":
      return answerDone(path, "recover-answered");
    case "invalid":
      return refuse(path, { ...refused, errors: { answer: answerErrors[outcome.error] } });
    case "over":
    case "dead":
      return refuse(path, { ...refused, reason: "statusOver" });
  }
}

/** Takes a sent request back. */
export async function withdrawAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const path = statusPath(token ?? "");
  const client = clientNow();
  const outcome = await orUnavailable(path, () => withdrawCase(token, client));
  switch (outcome.kind) {
    case "withdrawn":
      return answerDone(path, "recover-withdrawn");
    case "over":
    case "dead":
      return refuse(path, { form: "recover-withdraw", reason: "statusOver" });
  }
}
