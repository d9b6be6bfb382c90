import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Entries, Entry } from "@/components/entry";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";

/** The cases of a customer's lost mailbox. */
export async function Cases({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.cases");
  const states = await getTranslations("supportCases.state");
  const { cases } = page;
  if (cases.length === 0) return <p>{t("none")}</p>;
  return (
    <Entries>
      {cases.map(({ id, reference, state, sentAt }) => (
        <Entry
          key={id}
          id={`listed-case-${id}`}
          title={<TextLink href={`/support/cases/${id}`}>{reference}</TextLink>}
          lines={[states(state), t("sent", { date: words.when(sentAt) })]}
        />
      ))}
    </Entries>
  );
}
