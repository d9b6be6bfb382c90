import { getTranslations } from "next-intl/server";
import { ActForm } from "@/app/support/customers/[id]/act-form";
import { startResetAction, switchOffAction } from "@/app/support/customers/[id]/actions";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Section } from "@/components/section";

/** What can be done about the password, which nobody of the staff sees or chooses. */
export async function PasswordActs({ page, notice }: CustomerPart) {
  const t = await getTranslations("support.acts");
  const { id, mayAct, passwordOff } = page;
  if (mayAct !== "allowed") return null;
  const common = { customer: id, notice };
  return (
    <Section id="password" title={t("password")}>
      <ActForm act="start-reset" action={startResetAction} {...common} />
      {passwordOff === null ? (
        <ActForm act="switch-off" action={switchOffAction} {...common} />
      ) : null}
    </Section>
  );
}
