import type { Metadata } from "next";
import { DeadLink } from "@/app/(door)/reset-password/dead-link";
import { ResetPasswordForm } from "@/app/(door)/reset-password/reset-password-form";
import { Card } from "@/components/card";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { readResetPage } from "@/lib/recovery/live-reset";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("password"))("reset.title") };
}

type ResetPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Opening the link changes nothing: the form on it does. */
export default async function ResetPasswordPage({ searchParams }: ResetPageProps) {
  const { token } = await searchParams;
  if (typeof token !== "string") return <DeadLink />;
  const reset = await readResetPage(token);
  if (reset === null) return <DeadLink />;
  const t = await getTranslations("password.reset");
  return (
    <Card title={t("title")} lead={t("lead", { maskedEmail: reset.maskedEmail })}>
      <ResetPasswordForm token={token} email={reset.email} notice={await readNotice()} />
    </Card>
  );
}
