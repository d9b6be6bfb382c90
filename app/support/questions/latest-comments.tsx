import type { accountWords } from "@/app/account/account-words";
import { languageName } from "@/app/support/questions/language-name";
import { Entries, Entry } from "@/components/entry";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import type { ModerationPage } from "@/lib/help/moderation-page";
import { getTranslations } from "@/lib/i18n/translations";

type LatestCommentsProps = {
  comments: ModerationPage["comments"];
  titleOf: (article: string) => string;
  words: Awaited<ReturnType<typeof accountWords>>;
};

/** What readers wrote about the articles, for staff alone. */
export async function LatestComments({ comments, titleOf, words }: LatestCommentsProps) {
  const t = await getTranslations("helpFeedback.staff");
  const nameOf = await languageName();
  if (comments.length === 0) {
    return (
      <Section id="comments" title={t("comments.title")}>
        <p className="text-quiet">{t("comments.none")}</p>
      </Section>
    );
  }
  return (
    <Section id="comments" title={t("comments.title")}>
      <Entries>
        {comments.map(({ id, article, locale, useful, comment, at }) => (
          <Entry
            key={id}
            id={`comment-${id}`}
            title={t("about", { article: titleOf(article), language: nameOf(locale) })}
            badges={[t(useful ? "comments.useful" : "comments.notUseful")]}
            lines={[
              <Moment key="at" at={at} quiet>
                {words.when(at)}
              </Moment>,
            ]}
          >
            <p lang={locale} className="whitespace-pre-line">
              {comment}
            </p>
          </Entry>
        ))}
      </Entries>
    </Section>
  );
}
