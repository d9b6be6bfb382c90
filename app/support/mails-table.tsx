import type { accountWords } from "@/app/account/account-words";
import { mailWayText } from "@/app/mail-way-text";
import { DataTable } from "@/components/data-table";
import { Moment } from "@/components/moment";
import { TextLink } from "@/components/text-link";
import type { ListedMail } from "@/lib/history/list-mails";
import { subjectOf } from "@/lib/history/shown-mail";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

type Words = Awaited<ReturnType<typeof accountWords>>;

/** Mails, and whether they have left. */
export async function MailsTable({ mails, words }: { mails: ListedMail[]; words: Words }) {
  const t = await getTranslations("support.customer.mails");
  const locale = await getLocale();
  if (mails.length === 0) return <p>{t("none")}</p>;
  const rows = mails.map((mail) => ({
    key: mail.id,
    cells: [
      <Moment key="time" at={mail.at} quiet>
        {words.when(mail.at)}
      </Moment>,
      <TextLink key="subject" href={`/support/mails/${mail.id}`}>
        {subjectOf(mail, locale)}
      </TextLink>,
      mail.recipient,
      <MailState key="state" mail={mail} words={words} />,
    ],
  }));
  return (
    <>
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
      {mails.length < supportNumbers.mails ? null : (
        <p className="text-quiet text-sm">{t("newest", supportNumbers)}</p>
      )}
    </>
  );
}

/** Whether a mail has left; of one that has not, what is known of its tries. */
export async function MailState({ mail, words }: { mail: ListedMail; words: Words }) {
  const t = await getTranslations("support.customer.mails");
  const { state, at, sentAt, nextTryAt, attempts, lastError } = mail;
  const way = mail.way.length === 0 ? null : await mailWayText(mail);
  if (state === "sent") {
    return (
      <span className="grid min-w-52 gap-0.5">
        <span>{t("sent", { date: words.when(sentAt ?? at) })}</span>
        {way === null ? null : <span className="text-quiet text-sm">{way}</span>}
      </span>
    );
  }
  return (
    <span className="grid min-w-52 gap-0.5">
      <span>{state === "queued" ? t("queued", { date: words.when(nextTryAt) }) : t(state)}</span>
      {way === null ? null : <span className="text-quiet text-sm">{way}</span>}
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
