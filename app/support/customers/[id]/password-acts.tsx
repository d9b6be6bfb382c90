import { getTranslations } from "next-intl/server";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { PlainAct } from "@/app/support/customers/[id]/plain-act";
import { Section } from "@/components/section";

/** What can be done about the password, which nobody of the staff sees or chooses. */
export async function PasswordActs({ page, notice }: CustomerPart) {
  const t = await getTranslations("support.acts");
  const { id, mayAct, passwordOff } = page;
  if (mayAct !== "allowed") return null;
  const common = { customer: id, notice };
  return (
    <Section id="password" title={t("password")}>
      <PlainAct act="reset-by-support" {...common} />
      {passwordOff === null ? <PlainAct act="password-switched-off" {...common} /> : null}
    </Section>
  );
}
