import { accountWords } from "@/app/account/account-words";
import { mailWayText } from "@/app/mail-way-text";
import { Entries, Entry } from "@/components/entry";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { env } from "@/lib/env/env";
import { listOwnMails } from "@/lib/history/own-mails";
import { OWN_MAILS_SHOWN } from "@/lib/history/rules/limits";
import { subjectOf } from "@/lib/history/shown-mail";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** What became of the newest mails to a customer, and how long it took. */
export async function LatestMails({ session }: { session: LiveSession }) {
  const t = await getTranslations("sessions.mails");
  const words = await accountWords(session);
  const locale = await getLocale();
  const mails = await Promise.all(
    (await listOwnMails(session)).map(async (mail) => ({ mail, way: await mailWayText(mail) })),
  );
  return (
    <Section id="latest" title={t("latest")}>
      <p className="text-quiet">
        {t("latestLead", { days: env().mailKeptDays, count: OWN_MAILS_SHOWN })}
      </p>
      {mails.length === 0 ? (
        <p>{t("latestNone")}</p>
      ) : (
        <Entries>
          {mails.map(({ mail, way }) => (
            <Entry
              key={mail.id}
              id={`mail-${mail.id}`}
              title={subjectOf(mail, locale)}
              lines={[
                <Moment key="at" at={mail.at} quiet>
                  {words.when(mail.at)}
                </Moment>,
                mail.recipient,
                way,
              ]}
            />
          ))}
        </Entries>
      )}
    </Section>
  );
}
