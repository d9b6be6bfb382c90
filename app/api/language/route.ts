import { answerLanguage } from "@/app/language/answer-language";
import { keepBeside } from "@/lib/forms/notice";

/** The language switch with a form of its page, whose passwords and codes are dropped here. */
export const POST = (request: Request): Promise<Response> => answerLanguage(request, keepBeside);
