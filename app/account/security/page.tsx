import type { Metadata } from "next";
import { WaitingNotice } from "@/app/account/let-in/waiting-notice";
import { PlacesNotice } from "@/app/account/security/places-notice";
import { Protection } from "@/app/account/security/protection";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { TrustedPlaces } from "@/app/account/security/trusted-places";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { clientNow } from "@/lib/client/client-ip";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { listPlaces } from "@/lib/places/list-places";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("security"))("title") };
}

export default async function SecurityPage() {
  const session = await requireCustomer("/account/security");
  const t = await getTranslations("security");
  const notice = await readNotice();
  const client = clientNow();
  const places = await listPlaces(session, client);
  return (
    <SecurityFrame session={session} current="places">
      <Card
        width="wide"
        title={t("title")}
        below={
          <p>
            <TextLink href="/help/my-places">{t("help")}</TextLink>
          </p>
        }
      >
        <PlacesNotice notice={notice} timeZone={session.account.timeZone} />
        <WaitingNotice session={session} />
        <Protection session={session} places={places} />
        <TrustedPlaces session={session} places={places} ip={client.ip} notice={notice} />
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security", { Page: SecurityPage, generateMetadata });
