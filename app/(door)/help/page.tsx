import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Contacts, hasContacts } from "@/app/(door)/contacts";
import { Article } from "@/components/article";
import { TextLink } from "@/components/text-link";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("help"))("title") };
}

const article = "/help/login-code";

/** Questions people come with, and the part of the article that answers each. */
const questions = {
  notArrived: "notArrived",
  noCodeInMail: "noCodeInMail",
  blocked: "blocked",
  changingIp: "changingIp",
  lostMailbox: "getBack",
  notMe: "notMe",
} as const;

export default async function HelpPage() {
  const t = await getTranslations("help");
  return (
    <Article title={t("title")} lead={t("lead")}>
      <h2>{t("articles")}</h2>
      <p>
        <TextLink href={article}>{t("loginCode.title")}</TextLink>
      </p>
      <p>{t("loginCode.summary")}</p>
      <h2>{t("common.title")}</h2>
      <ul>
        {Object.entries(questions).map(([question, section]) => (
          <li key={question}>
            <TextLink href={`${article}#${section}`}>
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
