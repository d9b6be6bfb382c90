import { DataTable } from "@/components/data-table";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import type { ListedMail } from "@/lib/history/list-mails";
import { momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type MailWayProps = {
  mail: ListedMail;
  timeZone: string | null;
};

/** Each state that a mail reached: when, who says so, and in which words. */
export async function MailWay({ mail, timeZone }: MailWayProps) {
  const t = await getTranslations("support.mail.way");
  const mails = await getTranslations("support.customer.mails");
  const reasons = await getTranslations("history.mail.reason");
  const rows = await Promise.all(
    mail.way.map(async (step) => {
      const { state, at, source, channel, reason, status, words: said } = step;
      const cells = [
        <Moment key="at" at={at} quiet>
          {await momentText(at, { timeZone, seconds: true })}
        </Moment>,
        t(`state.${state}`, { reason: reasons(reason) }),
        channel === null ? t(`source.${source}`) : `${t(`source.${source}`)} (${channel})`,
        [status, said].filter((one) => one !== null).join(" ") || "–",
      ];
      return { key: state, cells };
    }),
  );
  const columns = (["time", "what", "source", "said"] as const).map((key) => t(`columns.${key}`));
  return (
    <Section id="way" title={t("title")}>
      {rows.length === 0 ? (
        <p>{mail.state === "queued" || mail.state === "sent" ? t("none") : mails(mail.state)}</p>
      ) : (
        <DataTable caption={t("title")} headings={columns} rows={rows} />
      )}
    </Section>
  );
}
