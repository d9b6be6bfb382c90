import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangePasswordForm } from "@/app/account/password/change-password-form";
import { ChangePasswordNotice } from "@/app/account/password/change-password-notice";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { HOME_PATH } from "@/lib/auth/local-path";
import { readNotice } from "@/lib/auth/notice";
import { requireCustomer } from "@/lib/auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("password"))("change.title") };
}

export default async function ChangePasswordPage() {
  const { account } = await requireCustomer("/account/password");
  const t = await getTranslations("password.change");
  const notice = await readNotice();
  return (
    <Card
      title={t("title")}
      below={
        <>
          <p>
            <TextLink href="/forgot-password">{t("forgot")}</TextLink>
          </p>
          <p>
            <TextLink href={HOME_PATH}>{t("toAccount")}</TextLink>
          </p>
        </>
      }
    >
      <ChangePasswordNotice notice={notice} timeZone={account.timeZone} />
      <ChangePasswordForm email={account.email} notice={notice} />
    </Card>
  );
}
