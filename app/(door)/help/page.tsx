import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Contacts, hasContacts } from "@/app/(door)/contacts";
import { Article } from "@/components/article";
import { TextLink } from "@/components/text-link";
import { articles } from "@/lib/help/articles";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("help"))("title") };
}

/** Questions people come with, and the part of an article that answers each. */
const questions = {
  notArrived: "login-code#notArrived",
  noCodeInMail: "login-code#noCodeInMail",
  twoAddresses: "login-code#twoAddresses",
  blocked: "login-code#blocked",
  changingIp: "my-places#browser",
  lostMailbox: "change-email#lost",
  notMe: "login-code#notMe",
} as const;

export default async function HelpPage() {
  const t = await getTranslations("help");
  const named = Object.values(articles).map(async ({ namespace }) => [
    namespace,
    (await getTranslations(namespace))("title"),
  ]);
  const titles = Object.fromEntries(await Promise.all(named));
  return (
    <Article title={t("title")} lead={t("lead")}>
      <h2>{t("articles")}</h2>
      <dl className="grid gap-4">
        {Object.entries(articles).map(([slug, { namespace }]) => (
          <div key={slug}>
            <dt>
              <TextLink href={`/help/${slug}`}>{titles[namespace]}</TextLink>
            </dt>
            <dd>{t(`summaries.${namespace}`)}</dd>
          </div>
        ))}
      </dl>
      <h2>{t("common.title")}</h2>
      <ul>
        {Object.entries(questions).map(([question, answer]) => (
          <li key={question}>
            <TextLink href={`/help/${answer}`}>
              {t(`common.${question as keyof typeof questions}`)}
            </TextLink>
          </li>
        ))}
      </ul>
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
