import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LinkedText } from "@/app/mailbox/[id]/linked-text";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { env } from "@/lib/env/env";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { zoneOfPage } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { readMail } from "@/lib/mail/mailbox";

type Address = { params: Promise<{ id: string }> };

const mailOf = cache(readMail);

export async function generateMetadata({ params }: Address): Promise<Metadata> {
  const mail = await mailOf((await params).id);
  return { title: mail?.subject ?? (await getTranslations("errors"))("notFound.title") };
}

/** A mail whose links open beside it: inside its frame our pages would not show. */
const withLivingLinks = (html: string) =>
  html.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`);

export default async function MailPage({ params }: Address) {
  const mail = await mailOf((await params).id);
  if (mail === null) notFound();
  const t = await getTranslations("mailbox");
  const locale = await getLocale();
  const { appUrl } = env();
  const timeZone = await zoneOfPage();
  const time = dayAndClockText(mail.createdAt, { locale, timeZone });
  return (
    <Card title={mail.subject} lead={<TextLink href="/mailbox">{t("back")}</TextLink>} width="wide">
      <Facts
        facts={[
          { label: t("to"), value: mail.recipient },
          {
            label: t("time"),
            value: (
              <Moment at={mail.createdAt} quiet>
                {time}
              </Moment>
            ),
          },
        ]}
      />
      <Section title={t("html")}>
        <iframe
          title={t("htmlFrame")}
          srcDoc={withLivingLinks(mail.html)}
          // No scripts, and no word with this page; a link opens as it does from any mail program.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          className="h-[40rem] w-full rounded-lg border border-line bg-white"
        />
      </Section>
      <Section title={t("plainText")}>
        <pre className="whitespace-pre-wrap break-words rounded-lg bg-sunken px-4 py-3 font-mono text-sm">
          <LinkedText text={mail.text} origin={appUrl} />
        </pre>
      </Section>
    </Card>
  );
}
