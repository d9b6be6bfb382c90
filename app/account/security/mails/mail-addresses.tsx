import { Entries, Entry } from "@/components/entry";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { readContactPage } from "@/lib/contact/contact-page";
import { getTranslations } from "@/lib/i18n/translations";
import { shownEmail } from "@/lib/typed/email-address";

/** The addresses that security mails go to, with the way to change them. */
export async function MailAddresses({ session }: { session: LiveSession }) {
  const t = await getTranslations("sessions.mails");
  const { addresses } = await readContactPage(session);
  return (
    <Section id="addresses" title={t("where")}>
      <Entries>
        <Entry
          id="contact-email"
          title={shownEmail(session.account.email)}
          lines={[t("contact")]}
        />
        {addresses
          .filter(({ confirmed }) => confirmed)
          .map(({ id, email }) => (
            <Entry key={id} id={`address-${id}`} title={shownEmail(email)} lines={[t("further")]} />
          ))}
      </Entries>
      <p>
        <TextLink href="/account/contact">{t("change")}</TextLink>
      </p>
    </Section>
  );
}
