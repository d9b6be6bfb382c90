import {
  addAddressAction,
  removeAddressAction,
  resendAddressAction,
} from "@/app/account/contact/actions";
import { contactForm } from "@/app/account/contact/contact-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { Field } from "@/components/field";
import { FoldedSection } from "@/components/folded-section";
import { PostForm } from "@/components/post-form";
import { headingId } from "@/components/section";
import type { ContactPage } from "@/lib/contact/contact-page";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { shownEmail } from "@/lib/typed/email-address";

type AddressesProps = {
  /** The account's own. */
  email: string;
  page: ContactPage;
  notice: Notice | null;
  timeZone: string | null;
  isOpen: boolean;
};

/** The further addresses that get codes and alerts too. */
export async function Addresses({ email, page, notice, timeZone, isOpen }: AddressesProps) {
  const t = await getTranslations("contact.further");
  const { addresses, hasRoom, numbers } = page;
  return (
    <FoldedSection
      id="addresses"
      title={t("title")}
      now={addresses.map((one) => shownEmail(one.email)).join(", ")}
      name="contact"
      isOpen={isOpen}
    >
      <p className="text-quiet">{t("lead", { count: numbers.addresses })}</p>
      {addresses.length === 0 ? null : (
        <Entries>
          {addresses.map((address) => (
            <AddressEntry key={address.id} address={address} timeZone={timeZone} />
          ))}
        </Entries>
      )}
      {hasRoom ? <AddAddressForm email={email} notice={notice} /> : <p>{t("full")}</p>}
    </FoldedSection>
  );
}

async function AddressEntry({
  address,
  timeZone,
}: {
  address: ContactPage["addresses"][number];
  timeZone: string | null;
}) {
  const t = await getTranslations("contact.further");
  const { id, email, confirmed, until } = address;
  const titleId = `address-${id}`;
  const waits = t.rich("waits", await momentTags(until, { timeZone }));
  return (
    <Entry id={titleId} title={shownEmail(email)} lines={[confirmed ? t("confirmed") : waits]}>
      {confirmed ? null : (
        <PostForm action={resendAddressAction}>
          <input type="hidden" name="id" value={id} />
          <Button kind="inline" aria-describedby={entryWords(titleId)}>
            {t("resend")}
          </Button>
        </PostForm>
      )}
      <PostForm action={removeAddressAction}>
        <input type="hidden" name="id" value={id} />
        <Button kind="inline" aria-describedby={entryWords(titleId)}>
          {t("remove")}
        </Button>
      </PostForm>
    </Entry>
  );
}

async function AddAddressForm({ email, notice }: Pick<AddressesProps, "email" | "notice">) {
  const t = await getTranslations("contact.further");
  const form = await contactForm(notice, "add-address");
  return (
    <PostForm action={addAddressAction} className="grid gap-5">
      <Field
        {...form.field("email")}
        label={t("address")}
        type="email"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={form.value("email") ?? ""}
      />
      <TypedPassword
        of={email}
        about={headingId("addresses")}
        {...form.field("password")}
        label={t("password")}
        purpose="current"
        required
      />
      <Button kind="secondary">{t("add")}</Button>
    </PostForm>
  );
}
