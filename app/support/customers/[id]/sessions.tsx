import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Entries, Entry } from "@/components/entry";
import { getTranslations } from "@/lib/i18n/translations";

/** Where a customer is signed in, and the browsers they trust everywhere. */
export async function Sessions({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.sessions");
  const own = await getTranslations("sessions");
  const lastUsed = await getTranslations("places");
  const { sessions, browsers } = page;
  return (
    <>
      {sessions.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Entries>
          {sessions.map(({ id, since, lastSeenAt, ...one }) => (
            <Entry
              key={id}
              id={`session-${id}`}
              title={words.device(one)}
              lines={[
                words.from(one),
                own("since", { date: words.when(since) }),
                own("lastSeen", { date: words.when(lastSeenAt) }),
              ]}
            />
          ))}
        </Entries>
      )}
      {browsers.length === 0 ? null : (
        <>
          <h3 className="font-semibold">{t("browsers")}</h3>
          <Entries>
            {browsers.map(({ id, since, lastUsedAt, ...one }) => (
              <Entry
                key={id}
                id={`browser-${id}`}
                title={words.device(one)}
                lines={[
                  t("browserSince", { date: words.when(since) }),
                  lastUsed("lastUsed", { date: words.when(lastUsedAt) }),
                ]}
              />
            ))}
          </Entries>
        </>
      )}
    </>
  );
}
