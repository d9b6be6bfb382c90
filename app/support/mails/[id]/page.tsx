import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { MailWay } from "@/app/support/mails/[id]/mail-way";
import { MailState } from "@/app/support/mails-table";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { textWords } from "@/app/templates/text-words";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { supportRoles } from "@/lib/account/roles";
import { localeNames } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import { type MailPage, readMailPage } from "@/lib/support/mail-page";

type MailPageProps = { params: Promise<{ id: string }> };

/** The same for every mail: a title ends up in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("support.mail"))("title") };
}

export default async function SupportMailPage({ params }: MailPageProps) {
  const { id } = await params;
  const staff = await requireViewer(`/support/mails/${encodeURIComponent(id)}`, supportRoles);
  const found = await readMailPage(staff, id);
  if (found === null) return notFound();
  const t = await getTranslations("support.mail");
  const words = await accountWords(staff.session);
  const { owner, made } = found;
  return (
    <SupportFrame role={staff.role} current={owner.kind === "account" ? "customers" : "cases"}>
      <Card
        width="full"
        title={(await textWords()).name({ subject: found.mail.kind })}
        lead={t("lead")}
        below={
          <p>
            {owner.kind === "account" ? (
              <TextLink href={`/support/customers/${owner.id}`}>{t("customer")}</TextLink>
            ) : (
              <TextLink href={`/support/cases/${owner.id}`}>{t("case")}</TextLink>
            )}
          </p>
        }
      >
        <MailFacts found={found} words={words} />
        <MailWay mail={found.mail} timeZone={staff.session.account.timeZone} />
        <Section id="mail" title={t("frame")}>
          {made === null ? (
            <p>{t("impossible")}</p>
          ) : (
            <>
              <p className="font-medium [overflow-wrap:anywhere]">{made.subject}</p>
              <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
                <MailFrame id={found.mail.id} label={t("shown")} show="desktop-light" />
                <MailFrame id={found.mail.id} label={t("plain")} show="plain-text" />
              </div>
            </>
          )}
        </Section>
      </Card>
    </SupportFrame>
  );
}

function MailFrame({ id, label, show }: { id: string; label: string; show: string }) {
  return (
    <figure className="grid min-w-0 content-start gap-2">
      <figcaption className="font-medium text-sm">{label}</figcaption>
      <iframe
        title={label}
        src={`/support/mails/${id}/mail-frame?show=${show}`}
        loading="lazy"
        sandbox=""
        className="h-[36rem] w-full rounded-lg border border-line bg-white"
      />
    </figure>
  );
}

type MailFactsProps = { found: MailPage; words: Awaited<ReturnType<typeof accountWords>> };

async function MailFacts({ found, words }: MailFactsProps) {
  const t = await getTranslations("support.mail");
  const { mail, locale, reference } = found;
  return (
    <Facts
      facts={[
        { label: t("language"), value: localeNames[locale] },
        { label: t("text"), value: await textOf(found, words) },
        { label: t("reference"), value: reference },
        { label: t("recipient"), value: mail.recipient },
        {
          label: t("made"),
          value: (
            <Moment at={mail.at} quiet>
              {words.when(mail.at)}
            </Moment>
          ),
        },
        { label: t("state"), value: <MailState mail={mail} words={words} /> },
      ]}
    />
  );
}

async function textOf({ text, locale }: MailPage, words: MailFactsProps["words"]) {
  const t = await getTranslations("support.mail.of");
  const language = localeNames[locale];
  switch (text.kind) {
    case "version":
      return t("version", { language, number: text.number, date: words.when(text.at) });
    case "fell-back":
      return t("fell-back", { language, number: text.number });
    default:
      return t(text.kind);
  }
}
