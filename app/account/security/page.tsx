import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/app/account/account-frame";
import { RecentSignIns } from "@/app/account/security/recent-sign-ins";
import { SecurityMails } from "@/app/account/security/security-mails";
import { SecurityNotice } from "@/app/account/security/security-notice";
import { Sessions } from "@/app/account/security/sessions";
import { ThisBrowser } from "@/app/account/security/this-browser";
import { TrustedPlaces } from "@/app/account/security/trusted-places";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { clientOf } from "@/lib/client/client-ip";
import { readNotice } from "@/lib/forms/notice";
import { requireCustomer } from "@/lib/next-auth/session";
import { listPlaces } from "@/lib/places/list-places";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("security"))("title") };
}

export default async function SecurityPage() {
  const session = await requireCustomer("/account/security");
  const t = await getTranslations("security");
  const notice = await readNotice();
  const client = clientOf(await headers());
  const places = await listPlaces(session, client);
  return (
    <AccountFrame session={session} current="security">
      <Card
        width="wide"
        title={t("title")}
        lead={t("lead")}
        below={
          <p>
            <TextLink href="/help/my-places">{t("help")}</TextLink>
          </p>
        }
      >
        <SecurityNotice notice={notice} timeZone={session.account.timeZone} />
        <TrustedPlaces session={session} places={places} ip={client.ip} notice={notice} />
        <ThisBrowser session={session} notice={notice} />
        <Sessions session={session} />
        <RecentSignIns session={session} />
        <SecurityMails session={session} />
      </Card>
    </AccountFrame>
  );
}
