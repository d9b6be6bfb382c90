import { createTranslator } from "use-intl/core";
import { articleLinks } from "@/lib/help/article-links";
import { articleValues } from "@/lib/help/article-values";
import { articles, partOf } from "@/lib/help/articles";
import { loadMessages } from "@/lib/i18n/load-messages";
import type { Locale } from "@/lib/i18n/locales";

/** A part of an article in one language, without its links. */
export type ArticleText = {
  article: string;
  /** The anchor on the article's page; null: its beginning. */
  section: string | null;
  articleTitle: string;
  title: string;
  paragraphs: string[];
};

const plain = (words: string) => words;
const tags = Object.fromEntries(Object.keys(articleLinks).map((tag) => [tag, plain]));

/** The words of all articles in one language, part by part in their order. */
export async function articleTexts(locale: Locale): Promise<ArticleText[]> {
  const messages = await loadMessages(locale);
  const values = { ...(await articleValues(locale)), ...tags };
  return Object.entries(articles).flatMap(([slug, article]) => {
    const t = createTranslator({
      locale,
      messages: messages[article.namespace] as unknown as Record<string, string>,
      onError: (error) => {
        throw error;
      },
    });
    const text = (key: string) => t.markup(key, values);
    const articleTitle = text("title");
    const beginning = { section: null, title: articleTitle, paragraphs: [text("lead")] };
    const parts = Object.keys(article.sections).map((section) => {
      const { paragraphs, steps, after } = partOf(article, section);
      const keys = [...paragraphs, ...steps, ...after];
      return {
        section,
        title: text(`${section}.title`),
        paragraphs: keys.map((key) => text(`${section}.${key}`)),
      };
    });
    return [beginning, ...parts].map((part) => ({ article: slug, articleTitle, ...part }));
  });
}
