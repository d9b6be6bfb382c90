import { getTranslations } from "next-intl/server";
import { saveDetailsAction } from "@/app/account/contact/actions";
import { contactForm } from "@/app/account/contact/contact-forms";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { Select } from "@/components/select";
import type { LiveSession } from "@/lib/account/session-store";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { localeNames, locales } from "@/lib/i18n/locales";
import { timeZones, timeZoneToday } from "@/lib/time-zones";

type DetailsFormProps = { account: LiveSession["account"]; notice: Notice | null };

/** What a customer is called, and the language and zone of their pages and mails. */
export async function DetailsForm({ account, notice }: DetailsFormProps) {
  const t = await getTranslations("contact.details");
  const form = await contactForm(notice, "details");
  return (
    <Section id="details" title={t("title")}>
      <PostForm action={saveDetailsAction} className="grid gap-5">
        <Field
          {...form.field("name")}
          label={t("name")}
          autoComplete="name"
          required
          defaultValue={form.value("name") ?? account.name}
        />
        <Select
          {...form.field("language")}
          label={t("language")}
          defaultValue={form.value("language") ?? account.locale}
          options={locales.map((code) => ({ value: code, label: localeNames[code] }))}
        />
        <Select
          {...form.field("timeZone")}
          label={t("timeZone")}
          defaultValue={timeZoneToday(form.value("timeZone") ?? account.timeZone ?? "") ?? ""}
          options={[
            { value: "", label: t("hostZone", { zone: env().timeZone }) },
            ...timeZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
          ]}
        />
        <Button kind="secondary">{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
