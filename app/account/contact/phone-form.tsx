import { setPhoneAction } from "@/app/account/contact/actions";
import { contactForm } from "@/app/account/contact/contact-forms";
import { SupportPin } from "@/app/account/support-pin";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { FoldedSection } from "@/components/folded-section";
import { PostForm } from "@/components/post-form";
import { headingId } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { PHONE_EXAMPLE } from "@/lib/phone/set-phone";

type PhoneFormProps = { session: LiveSession; notice: Notice | null; isOpen: boolean };

/** How support knows a caller: the PIN, and the number it calls back. */
export async function PhoneForm({ session, notice, isOpen }: PhoneFormProps) {
  const { account } = session;
  const t = await getTranslations("contact.phone");
  const form = await contactForm(notice, "set-phone");
  return (
    <FoldedSection id="phone" title={t("title")} now={account.phone} name="contact" isOpen={isOpen}>
      <p className="text-quiet">{t("lead")}</p>
      <SupportPin session={session} />
      <PostForm action={setPhoneAction} className="grid gap-5">
        <Field
          {...form.field("phone")}
          label={t("phone")}
          hint={t("hint", { example: PHONE_EXAMPLE })}
          type="tel"
          autoComplete="tel"
          defaultValue={form.value("phone") ?? account.phone ?? ""}
        />
        <TypedPassword
          of={account.email}
          about={headingId("phone")}
          {...form.field("password")}
          label={t("password")}
          purpose="current"
          required
        />
        <Button kind="secondary">{t("submit")}</Button>
      </PostForm>
    </FoldedSection>
  );
}
