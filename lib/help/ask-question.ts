import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { countKeys, subjects } from "@/lib/db/subjects";
import { database, inTransaction } from "@/lib/db/transaction";
import { isArticle } from "@/lib/help/articles";
import type { Voice } from "@/lib/help/give-feedback";
import { judgeQuestion, type QuestionError } from "@/lib/help/rules/judge-text";
import { QUESTION_MAX_LENGTH, QUESTIONS_PER_NETWORK_PER_HOUR } from "@/lib/help/rules/limits";
import { isWaiting, storeQuestion } from "@/lib/help/store";
import { readText } from "@/lib/help/typed-text";
import { countRequest, doCounted } from "@/lib/rate-limit/rate-window";

/** `asked`: it waits for staff. `unknown`: there is no such article. */
export type AskOutcome =
  | { kind: "asked" }
  | { kind: "invalid"; error: QuestionError }
  | { kind: "too-many"; until: Date }
  | { kind: "unknown" };

/** Keeps a question about an article for staff; e-mail addresses and phone numbers are not kept. */
export async function askQuestion(
  voice: Omit<Voice, "browserId">,
  typed: string,
): Promise<AskOutcome> {
  const { article, locale, client } = voice;
  if (!isArticle(article)) return { kind: "unknown" };
  const text = readText(typed, QUESTION_MAX_LENGTH);
  const error = judgeQuestion(text);
  if (error !== undefined) return { kind: "invalid", error };
  const askedAt = readClock();
  const limit = {
    ...countKeys.questionsFrom(networkKeyOf(client)),
    limit: QUESTIONS_PER_NETWORK_PER_HOUR,
  };
  const admission = await countRequest(database, [limit], askedAt);
  if (admission.kind === "refused") return { kind: "too-many", until: admission.until };
  const question = { article, locale, question: text.shown };
  const ask = () =>
    inTransaction(async (tx): Promise<AskOutcome> => {
      await lockSubject(tx, subjects.helpQuestions(article));
      if (!(await isWaiting(tx, question))) await storeQuestion(tx, { ...question, askedAt });
      return { kind: "asked" };
    });
  return doCounted(database, [limit.key], ask);
}
