import type { Metadata } from "next";
import { Contacts, hasContacts } from "@/app/contacts";
import { helpMetadata } from "@/app/help/help-metadata";
import { SearchForm } from "@/app/help/search-form";
import { SearchResults } from "@/app/help/search-results";
import { Article } from "@/components/article";
import { TextLink } from "@/components/text-link";
import { articles } from "@/lib/help/articles";
import { readQuery, searchArticles } from "@/lib/help/search-articles";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { WAS_IT_US_PATH } from "@/lib/mail/links";

type HelpPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: HelpPageProps): Promise<Metadata> {
  const t = await getTranslations("help");
  const title = t("title");
  // What somebody searched for is nothing to be found elsewhere.
  if (readQuery((await searchParams).q) !== null) return { title };
  return helpMetadata({ path: "/help", title, description: t("description") });
}

/** Questions people come with, and the part of an article that answers each. */
const questions = {
  notArrived: "login-code#notArrived",
  noCodeInMail: "login-code#noCodeInMail",
  twoAddresses: "login-code#twoAddresses",
  blocked: "login-code#blocked",
  changingIp: "my-places#browser",
  lostMailbox: "lost-access#request",
  lostPhone: "two-step#lost",
  passwordOff: "password-switched-off#back",
  notMe: "login-code#notMe",
  support: "lost-access#support",
} as const;

export default async function HelpPage({ searchParams }: HelpPageProps) {
  const t = await getTranslations("help");
  const wasItUs = await getTranslations("wasItUs");
  const query = readQuery((await searchParams).q);
  const outcome = query === null ? null : await searchArticles(query, await getLocale());
  const named = Object.values(articles).map(async ({ namespace }) => [
    namespace,
    (await getTranslations(namespace))("title"),
  ]);
  const titles = Object.fromEntries(await Promise.all(named));
  return (
    <Article title={t("title")} lead={t("lead")}>
      <SearchForm query={query} />
      {outcome === null ? null : <SearchResults outcome={outcome} />}
      <h2>{t("articles")}</h2>
      <dl className="mt-3 grid gap-4">
        {Object.entries(articles).map(([slug, { namespace }]) => (
          <div key={slug}>
            <dt>
              <TextLink href={`/help/${slug}`}>{titles[namespace]}</TextLink>
            </dt>
            <dd>{t(`summaries.${namespace}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <TextLink href={WAS_IT_US_PATH}>{wasItUs("link")}</TextLink>
          </dt>
          <dd>{wasItUs("summary")}</dd>
        </div>
      </dl>
      {outcome === null ? <QuickAnswers /> : null}
      <p>
        <TextLink href="/status">{t("status")}</TextLink>
      </p>
      {hasContacts() ? (
        <Contacts />
      ) : (
        <>
          <h2>{t("contact")}</h2>
          <p>{t("noContact")}</p>
        </>
      )}
    </Article>
  );
}

async function QuickAnswers() {
  const t = await getTranslations("help.common");
  return (
    <>
      <h2>{t("title")}</h2>
      <ul>
        {Object.entries(questions).map(([question, answer]) => (
          <li key={question}>
            <TextLink href={`/help/${answer}`}>{t(question as keyof typeof questions)}</TextLink>
          </li>
        ))}
      </ul>
    </>
  );
}
