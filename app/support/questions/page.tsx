import type { Metadata } from "next";
import type { ReactNode } from "react";
import { accountWords } from "@/app/account/account-words";
import { AnswerForm } from "@/app/support/questions/answer-form";
import { ArticleFigures } from "@/app/support/questions/article-figures";
import { languageName } from "@/app/support/questions/language-name";
import { LatestComments } from "@/app/support/questions/latest-comments";
import { Published } from "@/app/support/questions/published";
import { QuestionsNotice } from "@/app/support/questions/questions-notice";
import { SupportFrame } from "@/app/support/support-frame";
import { Card } from "@/components/card";
import { Entries, Entry, entryWords } from "@/components/entry";
import { Moment } from "@/components/moment";
import { supportRoles } from "@/lib/account/roles";
import { readClock } from "@/lib/clock";
import { readNotice } from "@/lib/forms/notice";
import { articles } from "@/lib/help/articles";
import { readModerationPage } from "@/lib/help/moderation-page";
import { getFormatter, getTranslations } from "@/lib/i18n/translations";
import { requireStaff } from "@/lib/next-auth/session";

type SupportQuestionsPageProps = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("helpFeedback.staff"))("title") };
}

/** The titles of all articles, as the member of staff reads them; a former one's is its path. */
async function articleTitles(): Promise<(article: string) => string> {
  const entries = Object.entries(articles).map(async ([slug, { namespace }]) => [
    slug,
    (await getTranslations(namespace))("title"),
  ]);
  const titles = Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
  return (article) => (Object.hasOwn(titles, article) ? (titles[article] ?? article) : article);
}

export default async function SupportQuestionsPage({ searchParams }: SupportQuestionsPageProps) {
  const { session, role } = await requireStaff("/support/questions", supportRoles);
  const t = await getTranslations("helpFeedback.staff");
  const format = await getFormatter();
  const words = await accountWords(session);
  const titleOf = await articleTitles();
  const nameOf = await languageName();
  const notice = await readNotice();
  const { before } = await searchParams;
  const page = await readModerationPage(typeof before === "string" ? before : null);
  const { questions, waiting, figures, comments } = page;
  const time = (at: Date) => ({
    time: words.when(at),
    clock: (shown: ReactNode) => (
      <Moment at={at} quiet>
        {shown}
      </Moment>
    ),
    age: format.relativeTime(at, readClock()),
  });
  return (
    <SupportFrame role={role} current="questions">
      <Card width="full" title={t("title")} lead={t("lead")}>
        <QuestionsNotice notice={notice} />
        <section aria-label={t("title")} className="grid grid-cols-1 gap-3">
          <p>{waiting === 0 ? t("none") : t("waiting", { count: waiting })}</p>
          {questions.length === 0 ? null : (
            <Entries>
              {questions.map((question, index) => {
                const { id, article, locale, askedAt } = question;
                const language = nameOf(locale);
                return (
                  <Entry
                    key={id}
                    id={`waiting-${id}`}
                    title={t("about", { article: titleOf(article), language })}
                    lines={[t.rich("asked", time(askedAt))]}
                  >
                    <p id={`question-${id}`} lang={locale} className="w-full whitespace-pre-line">
                      {question.question}
                    </p>
                    <AnswerForm
                      question={question}
                      notice={notice}
                      isFirst={index === 0}
                      describedBy={`${entryWords(`waiting-${id}`)} question-${id}`}
                    />
                  </Entry>
                );
              })}
            </Entries>
          )}
        </section>
        <Published page={page} isEarlier={before !== undefined} titleOf={titleOf} words={words} />
        <ArticleFigures figures={figures} titleOf={titleOf} />
        <LatestComments comments={comments} titleOf={titleOf} words={words} />
      </Card>
    </SupportFrame>
  );
}
