"use server";

import { notFound } from "next/navigation";
import { answerDone, orRefused, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { supportRoles } from "@/lib/account/roles";
import { declineQuestion, publishAnswer, takeBackAnswer } from "@/lib/help/answer-question";
import { oneValue } from "@/lib/password/typed-credentials";
import { isId } from "@/lib/typed/is-id";

const PATH = "/support/questions";

/** Publishes a question with its answer. */
export async function publishAnswerAction(form: FormData): Promise<void> {
  const id = oneValue(form, "id") ?? "";
  const question = oneValue(form, "question") ?? "";
  const answer = oneValue(form, "answer") ?? "";
  // Where it is none, the page has no form that it could be about.
  const values: Record<string, string> = isId(id) ? { id } : {};
  const refused = { form: "help-answer", values } as const;
  const away = { ...refused, reason: "unavailable" } as const;
  const outcome = await orRefused(PATH, away, async () =>
    publishAnswer(await requireStaffMember(PATH, supportRoles), { id, question, answer }),
  );
  switch (outcome.kind) {
    case "published":
      return answerDone(PATH, "help-published", { article: outcome.article, id });
    case "invalid":
      return refuse(PATH, { ...refused, errors: { ...outcome.errors } });
    case "over": {
      const { article, state } = outcome;
      const reason = state === "published" ? "overPublished" : "overDeclined";
      return refuse(PATH, { ...refused, values: { id, article }, reason });
    }
    case "unknown":
      return notFound();
  }
}

/** Declines a question. */
export async function declineQuestionAction(form: FormData): Promise<void> {
  const id = oneValue(form, "id") ?? "";
  const outcome = await orUnavailable(PATH, async () =>
    declineQuestion(await requireStaffMember(PATH, supportRoles), id),
  );
  switch (outcome.kind) {
    case "declined":
      return answerDone(PATH, "help-declined");
    case "over": {
      const { article, state } = outcome;
      const what = state === "published" ? "help-already-published" : "help-already-declined";
      return answerDone(PATH, what, { article, id });
    }
    case "unknown":
      return notFound();
  }
}

/** Takes a published question back. */
export async function takeBackAnswerAction(form: FormData): Promise<void> {
  const id = oneValue(form, "id") ?? "";
  const outcome = await orUnavailable(PATH, async () =>
    takeBackAnswer(await requireStaffMember(PATH, supportRoles), id),
  );
  switch (outcome.kind) {
    case "taken-back":
      return answerDone(PATH, "help-taken-back");
    case "not-published":
      return answerDone(PATH, "help-not-published");
    case "unknown":
      return notFound();
  }
}
