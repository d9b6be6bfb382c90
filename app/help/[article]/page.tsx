import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { Contacts, hasContacts } from "@/app/contacts";
import { Feedback } from "@/app/help/[article]/feedback";
import { helpMetadata } from "@/app/help/help-metadata";
import { Article } from "@/components/article";
import { Picture } from "@/components/picture";
import { TextLink } from "@/components/text-link";
import { articleLinks } from "@/lib/help/article-links";
import { articleValues } from "@/lib/help/article-values";
import { articles, isArticle, partOf } from "@/lib/help/articles";
import { pictureOf } from "@/lib/help/pictures";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type HelpArticleProps = {
  params: Promise<{ article: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const linkTo = (href: string) => (words: ReactNode) => <TextLink href={href}>{words}</TextLink>;
const links = Object.fromEntries(
  Object.entries(articleLinks).map(([tag, href]) => [tag, linkTo(href)]),
);

async function find({ params }: HelpArticleProps) {
  const { article: slug } = await params;
  const article = isArticle(slug) ? articles[slug] : undefined;
  return article ?? notFound();
}

export async function generateMetadata(props: HelpArticleProps): Promise<Metadata> {
  const { namespace } = await find(props);
  const t = await getTranslations(namespace);
  const title = t("title");
  // Earlier questions stand below the same article.
  if ((await props.searchParams).before !== undefined) return { title };
  const path = `/help/${(await props.params).article}`;
  return helpMetadata({ path, title, description: t("lead") });
}

export default async function HelpArticlePage(props: HelpArticleProps) {
  const article = await find(props);
  // Any of the articles' files; which keys a section has is in lib/help/articles.ts, and a test holds
  // it against the messages.
  const t = await getTranslations(article.namespace as "loginCode");
  const locale = await getLocale();
  const values = { ...(await articleValues(locale)), ...links };
  const text = (section: string, key: string) => t.rich(`${section}.${key}` as "why.p1", values);
  const title = (section: string) => t(`${section}.title` as "why.title");
  const sections = Object.keys(article.sections);
  const contact = await getTranslations("loginCode.contact");
  const { article: slug } = await props.params;
  const { before } = await props.searchParams;
  return (
    <>
      <Article title={t("title")} lead={t("lead")}>
        <nav aria-labelledby="on-this-page">
          <h2 id="on-this-page">{(await getTranslations("help"))("onThisPage")}</h2>
          <ul>
            {sections.map((name) => (
              <li key={name}>
                <TextLink href={`#${name}`}>{title(name)}</TextLink>
              </li>
            ))}
            <li>
              <TextLink href="#contact">{contact("title")}</TextLink>
            </li>
          </ul>
        </nav>
        {sections.map((name) => {
          const { paragraphs, steps, after, picture } = partOf(article, name);
          return (
            <section key={name} id={name}>
              <h2>{title(name)}</h2>
              {paragraphs.map((key) => (
                <p key={key}>{text(name, key)}</p>
              ))}
              {steps.length > 0 ? (
                <ol>
                  {steps.map((key) => (
                    <li key={key}>{text(name, key)}</li>
                  ))}
                </ol>
              ) : null}
              {after.map((key) => (
                <p key={key}>{text(name, key)}</p>
              ))}
              {picture ? (
                <Picture {...pictureOf(picture, locale)} alt={t(`${name}.picture` as "why.p1")} />
              ) : null}
            </section>
          );
        })}
        <section id="contact">
          <h2>{contact("title")}</h2>
          <p>{contact("p1")}</p>
          {hasContacts() ? <Contacts heading={false} /> : <p>{contact("none")}</p>}
        </section>
      </Article>
      <Feedback article={slug} before={typeof before === "string" ? before : null} />
    </>
  );
}
