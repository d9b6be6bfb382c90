import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { ArticleTalk } from "@/lib/help/article-talk";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { zoneOfPage } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type QuestionsProps = {
  article: string;
  talk: Pick<ArticleTalk, "questions" | "next" | "isEarlier">;
};

/** What others asked about an article and support answered, as plain text. */
export async function Questions({ article, talk }: QuestionsProps) {
  const t = await getTranslations("helpFeedback.questions");
  const when = { locale: await getLocale(), timeZone: await zoneOfPage() };
  const { questions, next, isEarlier } = talk;
  return (
    <Section id="questions" title={t("title")}>
      {questions.length === 0 && !isEarlier ? <p className="text-quiet">{t("none")}</p> : null}
      {questions.length === 0 ? null : (
        <ol className="grid gap-6">
          {questions.map(({ id, question, answer, answeredAt }) => (
            <li key={id} id={`question-${id}`} className="grid gap-2">
              <p className="whitespace-pre-line font-semibold">
                <span className="sr-only">{t("question")}: </span>
                {question}
              </p>
              <div className="border-line border-l-4 pl-4">
                <p className="text-quiet text-sm">
                  {t("answer")},{" "}
                  <Moment at={answeredAt} quiet>
                    {dayAndClockText(answeredAt, when)}
                  </Moment>
                </p>
                <p className="whitespace-pre-line">{answer}</p>
              </div>
            </li>
          ))}
        </ol>
      )}
      {next === null && !isEarlier ? null : (
        <p className="flex flex-wrap gap-x-6">
          {isEarlier ? (
            <TextLink href={`/help/${article}#questions`}>{t("latest")}</TextLink>
          ) : null}
          {next === null ? null : (
            <TextLink href={`/help/${article}?before=${next}#questions`}>{t("earlier")}</TextLink>
          )}
        </p>
      )}
    </Section>
  );
}
