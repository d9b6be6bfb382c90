import { Facts } from "@/components/facts";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { env } from "@/lib/env/env";
import { getTranslations } from "@/lib/i18n/translations";

/** Whether an operator has set any way to reach support. */
export function hasContacts(): boolean {
  const { phone, email } = env().support;
  return phone !== undefined || email !== undefined;
}

/** How to reach support; nothing where no contact is set. */
export async function Contacts({ heading = true }: { heading?: boolean }) {
  const t = await getTranslations("common.contacts");
  const { phone, hours, email } = env().support;
  if (!hasContacts()) return null;
  const facts = [
    phone && {
      label: t("phone"),
      value: <TextLink href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</TextLink>,
    },
    hours && { label: t("hours"), value: hours },
    email && { label: t("email"), value: <TextLink href={`mailto:${email}`}>{email}</TextLink> },
  ].filter((fact) => fact !== undefined && fact !== "");
  if (!heading) return <Facts facts={facts} />;
  return (
    <Section title={t("title")}>
      <Facts facts={facts} />
    </Section>
  );
}
