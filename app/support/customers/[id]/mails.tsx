import { getTranslations } from "next-intl/server";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { MailsTable } from "@/app/support/mails-table";
import { Section } from "@/components/section";
import { supportNumbers } from "@/lib/support/rules/limits";

/** What was mailed to a customer, and whether it has left. */
export async function Mails({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.mails");
  return (
    <Section id="mails" title={t("title", supportNumbers)}>
      <MailsTable mails={page.mails} words={words} />
    </Section>
  );
}
