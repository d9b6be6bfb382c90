"use server";

import { notFound } from "next/navigation";
import { answerDone, orRefused, refuse } from "@/app/forms/answer";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { isArticle } from "@/lib/help/articles";
import { askQuestion } from "@/lib/help/ask-question";
import { rateArticle, sayUseful, type Voice } from "@/lib/help/give-feedback";
import { pageLocale } from "@/lib/i18n/page-locale";
import { oneValue } from "@/lib/password/typed-credentials";

/** Who speaks, of which article, and where its page says what became of it. */
async function speakerOf(form: FormData): Promise<{ voice: Voice; path: string }> {
  const client = clientNow();
  const article = oneValue(form, "article") ?? "";
  if (!isArticle(article)) notFound();
  const [locale, browserId] = [await pageLocale(), await rememberBrowser()];
  return { voice: { article, locale, browserId, client }, path: `/help/${article}#feedback` };
}

/** Says whether an article was useful, with a comment or without. */
export async function sayUsefulAction(form: FormData): Promise<void> {
  const { voice, path } = await speakerOf(form);
  const { article } = voice;
  const typed = { useful: oneValue(form, "useful"), comment: oneValue(form, "comment") ?? "" };
  const refused = { form: "help-useful", values: { article } } as const;
  const away = { ...refused, reason: "unavailable" } as const;
  const outcome = await orRefused(path, away, () => sayUseful(voice, typed));
  switch (outcome.kind) {
    case "recorded":
      return answerDone(path, "help-useful", { article });
    case "invalid":
      return refuse(path, { ...refused, errors: { comment: outcome.error } });
    case "too-many":
      return refuse(path, { ...refused, reason: "tooManyVoices", until: outcome.until });
    case "unknown":
      return notFound();
  }
}

/** Gives an article its stars. */
export async function rateAction(form: FormData): Promise<void> {
  const { voice, path } = await speakerOf(form);
  const { article } = voice;
  const stars = oneValue(form, "stars") ?? "";
  const refused = { form: "help-stars", values: { article } } as const;
  const away = { ...refused, reason: "unavailable" } as const;
  const outcome = await orRefused(path, away, () => rateArticle(voice, stars));
  switch (outcome.kind) {
    case "recorded":
      return answerDone(path, "help-stars", { article, stars });
    case "invalid":
      return refuse(path, { ...refused, errors: { stars: outcome.error } });
    case "too-many":
      return refuse(path, { ...refused, reason: "tooManyVoices", until: outcome.until });
    case "unknown":
      return notFound();
  }
}

/** Asks staff a question, which they answer below the article. */
export async function askAction(form: FormData): Promise<void> {
  const { voice, path } = await speakerOf(form);
  const { article } = voice;
  const question = oneValue(form, "question") ?? "";
  const refused = { form: "help-ask", values: { article } } as const;
  const away = { ...refused, reason: "unavailable" } as const;
  const outcome = await orRefused(path, away, () => askQuestion(voice, question));
  switch (outcome.kind) {
    case "asked":
      return answerDone(path, "help-asked", { article });
    case "invalid":
      return refuse(path, { ...refused, errors: { question: outcome.error } });
    case "too-many":
      return refuse(path, { ...refused, reason: "tooManyQuestions", until: outcome.until });
    case "unknown":
      return notFound();
  }
}
