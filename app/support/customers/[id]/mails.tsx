import { getLocale, getTranslations } from "next-intl/server";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { DataTable } from "@/components/data-table";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import type { ListedMail } from "@/lib/support/list-mails";
import { subjectOf } from "@/lib/support/shown-mail";
import { supportNumbers } from "@/lib/support/support-numbers";

/** What was mailed to a customer, and whether it has left. */
export async function Mails({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.mails");
  const locale = await getLocale();
  const { mails } = page;
  const rows = mails.map((mail) => ({
    key: mail.id,
    cells: [
      <Moment key="time" at={mail.at} quiet>
        {words.when(mail.at)}
      </Moment>,
      subjectOf(mail, locale),
      mail.recipient,
      <State key="state" mail={mail} words={words} />,
    ],
  }));
  return (
    <Section id="mails" title={t("title", supportNumbers)}>
      {mails.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <DataTable
          caption={t("caption")}
          headings={[
            t("columns.time"),
            t("columns.subject"),
            t("columns.recipient"),
            t("columns.state"),
          ]}
          rows={rows}
        />
      )}
      {mails.length < supportNumbers.mails ? null : (
        <p className="text-quiet text-sm">{t("newest", supportNumbers)}</p>
      )}
    </Section>
  );
}

async function State({ mail, words }: { mail: ListedMail; words: CustomerPart["words"] }) {
  const t = await getTranslations("support.customer.mails");
  const { state, at, sentAt, nextTryAt, attempts, lastError } = mail;
  if (state === "sent") return t("sent", { date: words.when(sentAt ?? at) });
  return (
    <span className="grid min-w-52 gap-0.5">
      <span>
        {state === "dropped" ? t("dropped") : t("queued", { date: words.when(nextTryAt) })}
      </span>
      {attempts === 0 ? null : (
        <span className="text-quiet text-sm">{t("tries", { attempts })}</span>
      )}
      {lastError === null ? null : (
        <span className="text-quiet text-sm [overflow-wrap:anywhere]">
          {t("error", { error: lastError })}
        </span>
      )}
    </span>
  );
}
