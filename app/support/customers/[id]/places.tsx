import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { PlainAct } from "@/app/support/customers/[id]/plain-act";
import { Entries, Entry, entryWords } from "@/components/entry";
import { getTranslations } from "@/lib/i18n/translations";

/** The places a customer is not asked for a code from. */
export async function Places({ page, words, notice, asked }: CustomerPart) {
  const t = await getTranslations("support.customer.places");
  const lastUsed = await getTranslations("places");
  const { id: customer, places, mayAct } = page;
  if (places.length === 0) return <p>{t("none")}</p>;
  return (
    <Entries>
      {places.map(({ id, name, network, countryCode, because, since, lastUsedAt }) => {
        const country = countryCode === null ? [] : [words.country(countryCode)];
        const origin = [...(name === null ? [] : [network]), ...country].join(", ");
        return (
          <Entry
            key={id}
            id={`place-${id}`}
            title={name ?? network}
            lines={[
              ...(origin === "" ? [] : [origin]),
              t(`because.${because}`, { date: words.when(since) }),
              lastUsed("lastUsed", { date: words.when(lastUsedAt) }),
            ]}
          >
            {mayAct === "allowed" ? (
              <PlainAct
                act="place-forgotten-by-support"
                customer={customer}
                target={id}
                describedBy={entryWords(`place-${id}`)}
                notice={notice}
                asked={asked}
              />
            ) : null}
          </Entry>
        );
      })}
    </Entries>
  );
}
