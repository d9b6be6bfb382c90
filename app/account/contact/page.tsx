import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/app/account/account-frame";
import { Addresses } from "@/app/account/contact/addresses";
import { ChangeEmailForm } from "@/app/account/contact/change-email-form";
import { ContactNotice } from "@/app/account/contact/contact-notice";
import { DetailsForm } from "@/app/account/contact/details-form";
import { EmailChange } from "@/app/account/contact/email-change";
import { PhoneForm } from "@/app/account/contact/phone-form";
import { Card } from "@/components/card";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { readContactPage } from "@/lib/contact/contact-page";
import { readNotice } from "@/lib/forms/notice";
import { requireCustomer } from "@/lib/next-auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contact"))("title") };
}

export default async function ContactPage() {
  const session = await requireCustomer("/account/contact");
  const t = await getTranslations("contact");
  const notice = await readNotice();
  const { account } = session;
  const page = await readContactPage(session);
  return (
    <AccountFrame session={session} current="contact">
      <Card
        width="wide"
        title={t("title")}
        below={
          <p>
            <TextLink href="/help/change-email">{t("help")}</TextLink>
          </p>
        }
      >
        <ContactNotice notice={notice} page={page} timeZone={account.timeZone} />
        <Section id="email" title={t("email.title")}>
          <p className="text-quiet">{t("email.lead", { hours: page.numbers.hours })}</p>
          <ChangeEmailForm email={account.email} notice={notice} />
          <p>
            <TextLink href="/recover">{t("email.lost")}</TextLink>
          </p>
          {page.change === null ? null : (
            <EmailChange
              change={page.change}
              oldEmail={account.email}
              timeZone={account.timeZone}
            />
          )}
        </Section>
        <Addresses email={account.email} page={page} notice={notice} timeZone={account.timeZone} />
        <PhoneForm session={session} notice={notice} />
        <DetailsForm account={account} notice={notice} />
      </Card>
    </AccountFrame>
  );
}
