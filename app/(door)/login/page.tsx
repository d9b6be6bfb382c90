import type { Metadata } from "next";
import { LoginForm } from "@/app/(door)/login/login-form";
import { LoginNotice } from "@/app/(door)/login/login-notice";
import { PasskeyForm } from "@/app/(door)/login/passkey-form";
import { Contacts } from "@/app/contacts";
import { MailOutage } from "@/app/mail-outage";
import { Card } from "@/components/card";
import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import { HOME_PATH, localPath } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { currentSession } from "@/lib/next-auth/session-cookie";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("login"))("title") };
}

type LoginPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const t = await getTranslations("login");
  const { callbackUrl } = await searchParams;
  const wanted = typeof callbackUrl === "string" ? localPath(callbackUrl) : null;
  const [notice, signedIn] = await Promise.all([readNotice(), signedInAs()]);
  return (
    <Card
      title={t("title")}
      below={
        <>
          <p>
            {t("newHere")} <TextLink href="/signup">{t("createAccount")}</TextLink>
          </p>
          <p>
            <TextLink href="/help/login-code">{t("helpLink")}</TextLink>
          </p>
          {notice?.kind === "blocked" || notice?.kind === "wait" ? <Contacts /> : null}
        </>
      }
    >
      {signedIn === null ? null : (
        <Notice>
          <p>{t("signedInAs", { email: signedIn })}</p>
          <p>
            <TextLink href={HOME_PATH}>{t("toAccount")}</TextLink>
          </p>
        </Notice>
      )}
      <MailOutage asks="sign-in" />
      <LoginNotice notice={notice} />
      <LoginForm notice={notice} callbackUrl={wanted} />
      <PasskeyForm callbackUrl={wanted} />
    </Card>
  );
}

/** The page serves as long as it can: without the database nobody is known to be signed in. */
async function signedInAs(): Promise<string | null> {
  try {
    return (await currentSession())?.account.email ?? null;
  } catch (error) {
    if (isDatabaseDown(error)) return null;
    throw error;
  }
}

enterPage("/login", { Page: LoginPage, generateMetadata });
