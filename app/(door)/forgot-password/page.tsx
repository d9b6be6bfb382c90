import type { Metadata } from "next";
import { ForgotPasswordForm } from "@/app/(door)/forgot-password/forgot-password-form";
import { ForgotPasswordNotice } from "@/app/(door)/forgot-password/forgot-password-notice";
import { Contacts } from "@/app/contacts";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("password"))("forgot.title") };
}

export default async function ForgotPasswordPage() {
  const t = await getTranslations("password.forgot");
  const notice = await readNotice();
  return (
    <Card
      title={t("title")}
      lead={t("lead")}
      below={
        <>
          <p className="text-quiet">{t("block")}</p>
          <p>
            <TextLink href="/recover">{t("lostMailbox")}</TextLink>
          </p>
          <p>
            <TextLink href="/login">{t("toSignIn")}</TextLink>
          </p>
          {notice?.kind === "reset-asked" ? <Contacts /> : null}
        </>
      }
    >
      <ForgotPasswordNotice notice={notice} />
      <ForgotPasswordForm notice={notice} />
    </Card>
  );
}

enterPage("/forgot-password", { Page: ForgotPasswordPage, generateMetadata });
