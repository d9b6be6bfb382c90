import type { Metadata } from "next";
import { Card } from "@/components/card";
import { LiveRefresh } from "@/components/live-refresh";
import { Moment } from "@/components/moment";
import { TextLink } from "@/components/text-link";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { zoneOfPage } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { MAILS_PER_PAGE, readMailbox } from "@/lib/mail/mailbox";

type Query = { searchParams: Promise<{ to?: string | string[] }> };

const addressMaxLength = 320;

// Whoever waits for a code looks here and nowhere else.
const REFRESH_SECONDS = 3;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("title") };
}

export default async function MailboxPage({ searchParams }: Query) {
  const t = await getTranslations("mailbox");
  const locale = await getLocale();
  const [to] = [(await searchParams).to].flat();
  const recipient = to?.trim().slice(0, addressMaxLength) || undefined;
  const mails = await readMailbox(recipient);
  const timeZone = await zoneOfPage();
  return (
    <Card title={t("title")} lead={t("lead")} width="wide">
      <LiveRefresh everySeconds={REFRESH_SECONDS} />
      {recipient ? (
        <p>
          {t("filtered", { recipient })} · <TextLink href="/mailbox">{t("showAll")}</TextLink>
        </p>
      ) : null}
      {mails.length === 0 ? (
        <div className="rounded-lg border border-line border-dashed px-4 py-8 text-center">
          <p className="font-semibold">{t("empty")}</p>
          <p className="mt-1 text-quiet">{t("emptyNext")}</p>
        </div>
      ) : (
        <ol aria-label={t("list")} className="divide-y divide-line border-line border-y">
          {mails.map(({ link, recipient: address, subject, createdAt }) => (
            <li key={link}>
              <a
                href={`/mailbox/${link}`}
                className="-mx-3 block rounded-lg px-3 py-3.5 hover:bg-sunken"
              >
                <span className="block font-semibold">{subject}</span>
                <span className="flex flex-wrap justify-between gap-x-4 text-quiet text-sm">
                  <span className="min-w-0 break-all">{address}</span>
                  <Moment at={createdAt} quiet>
                    {dayAndClockText(createdAt, { locale, timeZone })}
                  </Moment>
                </span>
              </a>
            </li>
          ))}
        </ol>
      )}
      {mails.length === MAILS_PER_PAGE ? (
        <p className="text-quiet text-sm">{t("newest", { count: MAILS_PER_PAGE })}</p>
      ) : null}
    </Card>
  );
}
