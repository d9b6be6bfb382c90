import type { Metadata } from "next";
import { AccountFrame } from "@/app/account/account-frame";
import { FactorsEndNotice } from "@/app/account/factors-end-notice";
import { LastSignIn } from "@/app/account/last-sign-in";
import { WaitingNotice } from "@/app/account/let-in/waiting-notice";
import { MarkedAddresses } from "@/app/account/marked-addresses";
import { PasskeyOffer } from "@/app/account/passkey-offer";
import { PasswordChanged } from "@/app/account/password/password-changed";
import { ProtectionLine } from "@/app/account/protection-line";
import { SupportPin } from "@/app/account/support-pin";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { TextLink } from "@/components/text-link";
import { isStaff } from "@/lib/account/roles";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";
import { shownEmail } from "@/lib/typed/email-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

export default async function AccountPage() {
  const session = await requireCustomer("/account");
  const t = await getTranslations("account");
  return (
    <AccountFrame session={session} current="overview">
      <Card
        width="wide"
        title={t("greeting", { name: session.account.name })}
        below={
          <p>
            <TextLink href="/help/login-code">{t("helpLink")}</TextLink>
          </p>
        }
      >
        <PasswordChanged />
        <MarkedAddresses session={session} />
        <FactorsEndNotice session={session} notice={await readNotice()} />
        <WaitingNotice session={session} />
        <Facts facts={[{ label: t("signedInAs"), value: shownEmail(session.account.email) }]} />
        <ProtectionLine />
        {isStaff(session.account.role) ? null : <SupportPin session={session} />}
        <LastSignIn session={session} />
        <PasskeyOffer session={session} />
      </Card>
    </AccountFrame>
  );
}

enterPage("/account", { Page: AccountPage, generateMetadata });
