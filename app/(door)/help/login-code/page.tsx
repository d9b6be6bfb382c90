import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Contacts, hasContacts } from "@/app/(door)/contacts";
import { partOf, sectionNames } from "@/app/(door)/help/login-code/sections";
import { Article } from "@/components/article";
import { TextLink } from "@/components/text-link";
import { loginCodeNumbers } from "@/lib/help/login-code-numbers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("loginCode"))("title") };
}

export default async function LoginCodePage() {
  const t = await getTranslations("loginCode");
  const verify = await getTranslations("verify");
  const values = {
    ...loginCodeNumbers(await getLocale()),
    resendButton: verify("resend"),
    networkButton: verify("sendForThisNetwork"),
    forgot: (chunks: ReactNode) => <TextLink href="/forgot-password">{chunks}</TextLink>,
  };
  // Which keys a section has is in sections.ts, and a test holds it against the messages.
  const text = (section: string, key: string) => t.rich(`${section}.${key}` as "why.p1", values);
  return (
    <Article title={t("title")} lead={t("lead")}>
      <nav aria-labelledby="on-this-page">
        <h2 id="on-this-page">{t("onThisPage")}</h2>
        <ul>
          {[...sectionNames, "contact" as const].map((name) => (
            <li key={name}>
              <TextLink href={`#${name}`}>{t(`${name}.title`)}</TextLink>
            </li>
          ))}
        </ul>
      </nav>
      {sectionNames.map((name) => {
        const { paragraphs, steps, after } = partOf(name);
        return (
          <section key={name} id={name}>
            <h2>{t(`${name}.title`)}</h2>
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
          </section>
        );
      })}
      <section id="contact">
        <h2>{t("contact.title")}</h2>
        <p>{t("contact.p1")}</p>
        {hasContacts() ? <Contacts heading={false} /> : <p>{t("contact.none")}</p>}
      </section>
    </Article>
  );
}
