import { AccountFacts } from "@/app/support/customers/[id]/account-facts";
import { actAction } from "@/app/support/customers/[id]/actions";
import { Cases } from "@/app/support/customers/[id]/cases";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Factors } from "@/app/support/customers/[id]/factors";
import { Places } from "@/app/support/customers/[id]/places";
import { Sessions } from "@/app/support/customers/[id]/sessions";
import { Disclosure } from "@/components/disclosure";
import { cameBack } from "@/components/post-form";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";

/** What is on record besides, folded: by what the account can be got into, its cases, whose it is. */
export async function OnRecord(part: CustomerPart) {
  const t = await getTranslations("support.customer.record");
  const { places, sessions, browsers, factors, cases } = part.page;
  // The address leads to, or a form came back to, what stands folded in here.
  const { notice, asked } = part;
  const place = "place-forgotten-by-support";
  const isPlaceOpen =
    asked?.act === place ||
    (notice?.kind === "form-refused" ? notice.form === place : cameBack(actAction));
  return (
    <Section id="record" title={t("title")}>
      <div className="grid grid-cols-1">
        <Disclosure summary={t("places", { count: places.length })} open={isPlaceOpen}>
          <Places {...part} />
        </Disclosure>
        <Disclosure summary={t("sessions", { count: sessions.length + browsers.length })}>
          <Sessions {...part} />
        </Disclosure>
        <Disclosure
          summary={t("factors", { count: factors.apps.length + factors.passkeys.length })}
        >
          <Factors {...part} />
        </Disclosure>
        <Disclosure summary={t("cases", { count: cases.length })}>
          <Cases {...part} />
        </Disclosure>
        <Disclosure summary={t("account")}>
          <AccountFacts {...part} />
        </Disclosure>
      </div>
    </Section>
  );
}
