import { answerLanguage } from "@/app/language/answer-language";

/** The language switch by itself. */
export const POST = (request: Request): Promise<Response> => answerLanguage(request);
