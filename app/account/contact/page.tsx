import type { Metadata } from "next";
import { AccountFrame } from "@/app/account/account-frame";
import { Addresses } from "@/app/account/contact/addresses";
import { ChangeEmailForm } from "@/app/account/contact/change-email-form";
import { ContactNotice } from "@/app/account/contact/contact-notice";
import { DetailsForm } from "@/app/account/contact/details-form";
import { EmailChange } from "@/app/account/contact/email-change";
import { openSection } from "@/app/account/contact/open-section";
import { PhoneForm } from "@/app/account/contact/phone-form";
import { MarkedAddresses } from "@/app/account/marked-addresses";
import { UserSignal } from "@/app/passkeys/user-signal";
import { Card } from "@/components/card";
import { FoldedSection, FoldedSections } from "@/components/folded-section";
import { TextLink } from "@/components/text-link";
import { readContactPage } from "@/lib/contact/contact-page";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";
import { shownEmail } from "@/lib/typed/email-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contact"))("title") };
}

export default async function ContactPage() {
  const session = await requireCustomer("/account/contact");
  const t = await getTranslations("contact");
  const notice = await readNotice();
  const { account } = session;
  const page = await readContactPage(session);
  const open = openSection(notice);
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
        <MarkedAddresses session={session} />
        {notice?.kind === "done" && notice.what === "details-saved" ? (
          <UserSignal session={session} />
        ) : null}
        <FoldedSections>
          <FoldedSection
            id="email"
            title={t("email.title")}
            now={shownEmail(account.email)}
            name="contact"
            isOpen={open === "email"}
          >
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
          </FoldedSection>
          <Addresses
            email={account.email}
            page={page}
            notice={notice}
            timeZone={account.timeZone}
            isOpen={open === "addresses"}
          />
          <PhoneForm session={session} notice={notice} isOpen={open === "phone"} />
          <DetailsForm account={account} notice={notice} isOpen={open === "details"} />
        </FoldedSections>
      </Card>
    </AccountFrame>
  );
}

enterPage("/account/contact", { Page: ContactPage, generateMetadata });
