import type { Metadata } from "next";
import { AccountFrame } from "@/app/account/account-frame";
import { ChangePasswordForm } from "@/app/account/password/change-password-form";
import { ChangePasswordNotice } from "@/app/account/password/change-password-notice";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("password"))("change.title") };
}

export default async function ChangePasswordPage() {
  const session = await requireCustomer("/account/password");
  const { account } = session;
  const t = await getTranslations("password.change");
  const notice = await readNotice();
  return (
    <AccountFrame session={session} current="password">
      <Card
        width="wide"
        title={t("title")}
        below={
          <p>
            <TextLink href="/forgot-password">{t("forgot")}</TextLink>
          </p>
        }
      >
        <ChangePasswordNotice notice={notice} timeZone={account.timeZone} />
        <ChangePasswordForm email={account.email} notice={notice} />
      </Card>
    </AccountFrame>
  );
}

enterPage("/account/password", { Page: ChangePasswordPage, generateMetadata });
