import { AccountAct } from "@/app/support/customers/[id]/account-act";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";

/** The acts that mend nothing that is wrong now, each opening its form. */
export async function OtherActs(part: CustomerPart) {
  const t = await getTranslations("support.acts");
  const { others } = part.page.acts;
  if (others.length === 0) return null;
  return (
    <Section id="acts" title={t("title")}>
      <div className="grid grid-cols-1">
        {others.map((act) => (
          <AccountAct key={act} {...part} act={act} look="quiet" />
        ))}
      </div>
    </Section>
  );
}
