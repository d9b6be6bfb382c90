import type { Metadata } from "next";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { Sessions } from "@/app/account/security/sessions/sessions";
import { SessionsNotice } from "@/app/account/security/sessions/sessions-notice";
import { TrustedBrowsers } from "@/app/account/security/sessions/trusted-browsers";
import { Card } from "@/components/card";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sessions.page"))("title") };
}

export default async function SessionsPage() {
  const session = await requireCustomer("/account/security/sessions");
  const t = await getTranslations("sessions.page");
  const notice = await readNotice();
  return (
    <SecurityFrame session={session} current="sessions">
      <Card width="wide" title={t("title")} lead={t("lead")}>
        <SessionsNotice notice={notice} timeZone={session.account.timeZone} />
        <Sessions session={session} />
        <TrustedBrowsers session={session} notice={notice} />
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security/sessions", { Page: SessionsPage, generateMetadata });
