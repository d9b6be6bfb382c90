import { getTranslations } from "next-intl/server";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Entries, Entry } from "@/components/entry";
import { Section } from "@/components/section";

/** Sign-ins that wait for their code, without what their caller has to read out. */
export async function Pending({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.pending");
  const { pending } = page;
  return (
    <Section id="pending" title={t("title")}>
      {pending.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Entries>
          {pending.map(({ id, maskedReference, since, until, passUntil, ...one }) => (
            <Entry
              key={id}
              id={`pending-${id}`}
              title={
                maskedReference === null
                  ? t("noReference")
                  : t("reference", { reference: maskedReference })
              }
              lines={[
                `${words.from(one)}, ${words.device(one)}`,
                t("since", { date: words.when(since) }),
                passUntil === null
                  ? t("until", { date: words.when(until) })
                  : t("pass", { date: words.when(passUntil) }),
              ]}
            />
          ))}
        </Entries>
      )}
    </Section>
  );
}
