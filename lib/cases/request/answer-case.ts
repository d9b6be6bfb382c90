import { caseState } from "@/lib/account/rules/case-states";
import { typedText, withAnswer } from "@/lib/cases/case-text";
import { changeSentCase, type Dead } from "@/lib/cases/request/change-sent-case";
import { judgeAnswer } from "@/lib/cases/rules/judge-adding";
import { changeCase } from "@/lib/cases/store";
import { lengthOf } from "@/lib/forms/rules/length-of";
import { log } from "@/lib/log/log";

/** What becomes of a message to a sent case. */
export type AnswerOutcome =
  | { kind: "answered" }
  | { kind: "invalid"; error: "empty" | "too-long" | "full" }
  /** The case takes nothing more. */
  | { kind: "over" }
  | Dead;

/** Adds a message below what was written; what staff asked for is there then, and they look again. */
export async function answerCase(token: string | null, typed: string): Promise<AnswerOutcome> {
  const text = typedText(typed);
  const outcome = await changeSentCase(token, async (tx, found, now): Promise<AnswerOutcome> => {
    const written = lengthOf(found.whatHappened ?? "");
    const state = caseState(found.state);
    const verdict = judgeAnswer({ state, length: lengthOf(text), written });
    switch (verdict.kind) {
      case "answer": {
        const whatHappened = withAnswer(found.whatHappened, text, now);
        // Who approved before has not seen it.
        const round = { increment: 1 };
        await changeCase(tx, found, { whatHappened, state: "open", round });
        return { kind: "answered" };
      }
      case "over":
        return { kind: "over" };
      default:
        return { kind: "invalid", error: verdict.kind };
    }
  });
  log.info({ outcome: outcome.kind }, "case: message to a request");
  return outcome;
}
