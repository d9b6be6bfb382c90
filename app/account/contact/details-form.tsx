import { saveDetailsAction } from "@/app/account/contact/actions";
import { contactForm } from "@/app/account/contact/contact-forms";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { FoldedSection } from "@/components/folded-section";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { SelectSearch } from "@/components/select-search";
import type { LiveSession } from "@/lib/account/session-store";
import { browserZone } from "@/lib/client/browser-zone";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { cityName } from "@/lib/i18n/city-names";
import { localeNames, locales } from "@/lib/i18n/locales";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { zoneChoices } from "@/lib/i18n/zone-choices";
import { requestBrought } from "@/lib/log/request-context";
import { timeZoneToday } from "@/lib/time-zones";

type DetailsFormProps = {
  account: LiveSession["account"];
  notice: Notice | null;
  isOpen: boolean;
};

/** What a customer is called, and the language and zone of their pages and mails. */
export async function DetailsForm({ account, notice, isOpen }: DetailsFormProps) {
  const t = await getTranslations("contact.details");
  const form = await contactForm(notice, "details");
  const zones = zoneChoices(await getLocale());
  const chosenZone = account.timeZoneFromBrowser ? null : account.timeZone;
  return (
    <FoldedSection
      id="details"
      title={t("title")}
      now={account.name}
      name="contact"
      isOpen={isOpen}
    >
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
          defaultValue={timeZoneToday(form.value("timeZone") ?? chosenZone ?? "") ?? ""}
          options={[
            { value: "", label: await unchosenZone(account) },
            { value: "UTC", label: "UTC" },
          ]}
          groups={[...zones].map(([region, options]) => ({
            label: t(`regions.${region}`),
            options,
          }))}
        />
        <SelectSearch
          selectId={form.field("timeZone").id}
          label={t("findZone.label")}
          words={{ none: t("findZone.none"), chosen: t.raw("findZone.chosen") as string }}
        />
        <Button kind="secondary">{t("submit")}</Button>
      </PostForm>
    </FoldedSection>
  );
}

/**
 * What holds where no zone is chosen: what a browser says, now or at the last sign-in, or the
 * host's.
 */
async function unchosenZone(account: DetailsFormProps["account"]): Promise<string> {
  const t = await getTranslations("contact.details");
  const kept = account.timeZoneFromBrowser ? account.timeZone : null;
  const said = browserZone(requestBrought().headers) ?? kept;
  const zone = said ?? env().timeZone;
  const city = cityName(zone, await getLocale()) ?? zone;
  return t(said === null ? "hostZone" : "browserZone", { zone: city });
}
