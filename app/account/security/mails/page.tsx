import type { Metadata } from "next";
import { LatestMails } from "@/app/account/security/mails/latest-mails";
import { MailAddresses } from "@/app/account/security/mails/mail-addresses";
import { MailsNotice } from "@/app/account/security/mails/mails-notice";
import { SecurityMails } from "@/app/account/security/mails/security-mails";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { Card } from "@/components/card";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sessions.mails"))("title") };
}

export default async function MailsPage() {
  const session = await requireCustomer("/account/security/mails");
  const t = await getTranslations("sessions.mails");
  return (
    <SecurityFrame session={session} current="mails">
      <Card width="wide" title={t("title")} lead={t("lead")}>
        <MailsNotice notice={await readNotice()} />
        <SecurityMails session={session} />
        <MailAddresses session={session} />
        <LatestMails session={session} />
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security/mails", { Page: MailsPage, generateMetadata });
