import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { sayTrouble, troubleId } from "@/app/support/customers/[id]/say-trouble";
import { TroubleActs } from "@/app/support/customers/[id]/trouble-acts";
import { TroubleEntry } from "@/app/support/customers/[id]/trouble-entry";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";

/** What is wrong now or waits, each with the act that mends it; or that nothing is. */
export async function Now(part: CustomerPart) {
  const t = await getTranslations("support.customer.now");
  const { page, words, timeZone } = part;
  const said = await Promise.all(
    page.troubles.map(async (trouble) => ({
      trouble,
      ...(await sayTrouble(trouble, { words, timeZone })),
    })),
  );
  return (
    <Section id="now" title={t("title")}>
      {said.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <ul className="grid grid-cols-1 gap-3">
          {said.map(({ trouble, title, lines, isBad }) => (
            <TroubleEntry
              key={troubleId(trouble)}
              id={troubleId(trouble)}
              title={title}
              lines={lines}
              isBad={isBad}
            >
              <TroubleActs {...part} trouble={trouble} />
            </TroubleEntry>
          ))}
        </ul>
      )}
    </Section>
  );
}
