import type { accountWords } from "@/app/account/account-words";
import { takeBackAnswerAction } from "@/app/support/questions/actions";
import { languageName } from "@/app/support/questions/language-name";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { ModerationPage } from "@/lib/help/moderation-page";
import { getTranslations } from "@/lib/i18n/translations";

type PublishedProps = {
  page: Pick<ModerationPage, "published" | "earlier">;
  isEarlier: boolean;
  titleOf: (article: string) => string;
  words: Awaited<ReturnType<typeof accountWords>>;
};

/** What everybody can read below the articles, each to be taken back. */
export async function Published({ page, isEarlier, titleOf, words }: PublishedProps) {
  const t = await getTranslations("helpFeedback.staff.published");
  const about = await getTranslations("helpFeedback.staff");
  const nameOf = await languageName();
  const { published, earlier } = page;
  return (
    <Section id="published" title={t("title")}>
      {published.length === 0 ? (
        <p className="text-quiet">{t("none")}</p>
      ) : (
        <>
          <p>{t("what")}</p>
          <Entries>
            {published.map(({ id, article, locale, question, answer, answeredAt }) => (
              <Entry
                key={id}
                id={`published-${id}`}
                title={about("about", { article: titleOf(article), language: nameOf(locale) })}
                lines={[
                  t.rich("answered", {
                    time: words.when(answeredAt),
                    clock: (shown) => (
                      <Moment at={answeredAt} quiet>
                        {shown}
                      </Moment>
                    ),
                  }),
                ]}
              >
                <div lang={locale} className="grid w-full gap-2">
                  <p id={`published-question-${id}`} className="whitespace-pre-line font-semibold">
                    {question}
                  </p>
                  <p className="whitespace-pre-line">{answer}</p>
                </div>
                <PostForm action={takeBackAnswerAction}>
                  <input type="hidden" name="id" value={id} />
                  <Button
                    kind="inline"
                    aria-describedby={`${entryWords(`published-${id}`)} published-question-${id}`}
                  >
                    {t("takeBack")}
                  </Button>
                </PostForm>
              </Entry>
            ))}
          </Entries>
        </>
      )}
      {earlier === null && !isEarlier ? null : (
        <p className="flex flex-wrap gap-x-6">
          {isEarlier ? (
            <TextLink href="/support/questions#published">{t("latest")}</TextLink>
          ) : null}
          {earlier === null ? null : (
            <TextLink href={`/support/questions?before=${earlier}#published`}>
              {t("earlier")}
            </TextLink>
          )}
        </p>
      )}
    </Section>
  );
}
