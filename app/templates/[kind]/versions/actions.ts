"use server";

import { notFound } from "next/navigation";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { readTextForm, type TextForm } from "@/app/templates/studio-staff";
import { askToSignIn } from "@/lib/next-auth/session";
import { backToBuiltIn, type RollBackOutcome, rollBack } from "@/lib/templates/roll-back";
import { textName } from "@/lib/templates/text-key-of";

/** Makes an older version live again. */
export async function rollBackAction(form: FormData): Promise<void> {
  const sent = await readTextForm(form, "versions");
  const { staff, key, path, typed } = sent;
  const shown = { version: typed("id"), seen: typed("seen") };
  const outcome = await orUnavailable(path, () => rollBack(staff, key, shown));
  return answer(sent, outcome, "text-rolled-back");
}

/** Makes the built-in text live again. */
export async function backToBuiltInAction(form: FormData): Promise<void> {
  const sent = await readTextForm(form, "versions");
  const { staff, key, path, typed } = sent;
  const outcome = await orUnavailable(path, () =>
    backToBuiltIn(staff, key, { seen: typed("seen") }),
  );
  return answer(sent, outcome, "text-built-in");
}

async function answer(
  { key, path, typed }: TextForm,
  outcome: RollBackOutcome,
  done: string,
): Promise<void> {
  const about = { about: textName(key) };
  const refused = { form: "text-versions", values: { ...about, id: typed("id") } } as const;
  switch (outcome.kind) {
    case "rolled-back":
      return answerDone(path, done, { ...about, number: String(outcome.version) });
    case "refused":
    case "outdated":
      return refuse(path, { ...refused, reason: outcome.kind });
    case "unchanged":
      return refuse(path, { ...refused, reason: "notLive" });
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(path);
  }
}
