import type { Metadata } from "next";
import { SignUpForm } from "@/app/(door)/signup/sign-up-form";
import { SignUpNotice } from "@/app/(door)/signup/sign-up-notice";
import { Contacts } from "@/app/contacts";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signup"))("title") };
}

export default async function SignUpPage() {
  const t = await getTranslations("signup");
  const notice = await readNotice();
  return (
    <Card
      title={t("title")}
      lead={t("lead")}
      below={
        <>
          <p>
            {t("haveAccount")} <TextLink href="/login">{t("signIn")}</TextLink>
          </p>
          {notice?.kind === "blocked" ? <Contacts /> : null}
        </>
      }
    >
      <SignUpNotice notice={notice} />
      <SignUpForm notice={notice} />
    </Card>
  );
}

enterPage("/signup", { Page: SignUpPage, generateMetadata });
