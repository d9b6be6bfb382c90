import { AskForm } from "@/app/help/[article]/ask-form";
import { noticeFor } from "@/app/help/[article]/feedback-forms";
import { FeedbackNotice } from "@/app/help/[article]/feedback-notice";
import { Questions } from "@/app/help/[article]/questions";
import { StarsForm } from "@/app/help/[article]/stars-form";
import { UsefulForm } from "@/app/help/[article]/useful-form";
import { readBrowserId } from "@/lib/cookies/browser-cookie";
import { readNotice } from "@/lib/forms/notice";
import { readArticleTalk } from "@/lib/help/article-talk";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type FeedbackProps = {
  /** The last part of the article's path. */
  article: string;
  /** Where the page of questions before ended; from anybody. */
  before: string | null;
};

/** What readers say below an article: one card, quiet at its end. */
export async function Feedback({ article, before }: FeedbackProps) {
  const t = await getTranslations("helpFeedback");
  const notice = noticeFor(await readNotice(), article);
  const query = { locale: await getLocale(), browserId: await readBrowserId() };
  const talk = await readArticleTalk({ article, before, ...query });
  return (
    <section
      id="feedback"
      aria-label={t("title")}
      className="mx-auto mt-6 grid w-full max-w-[44rem] grid-cols-1 gap-8 rounded-2xl border border-line bg-card px-5 py-7 shadow-card sm:px-12 sm:py-10"
    >
      <FeedbackNotice notice={notice} />
      <UsefulForm article={article} notice={notice} own={talk?.voices.ownUseful ?? null} />
      {talk === null ? (
        <p className="text-quiet">{t("away")}</p>
      ) : (
        <>
          <StarsForm article={article} notice={notice} voices={talk.voices} />
          <Questions article={article} talk={talk} />
        </>
      )}
      <AskForm article={article} notice={notice} />
    </section>
  );
}
