import { addPlaceAction } from "@/app/account/security/actions";
import { addPlaceForm } from "@/app/account/security/place-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { headingId } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { placeNumbers } from "@/lib/places/rules/limits";

type AddPlaceFormProps = {
  /** The account's. */
  email: string;
  /** Where the customer is now, if that is not trusted yet. */
  ip: string | null;
  notice: Notice | null;
};

/** Adds an address or a range by hand. */
export async function AddPlaceForm({ email, ip, notice }: AddPlaceFormProps) {
  const t = await getTranslations("places");
  const form = await addPlaceForm(notice);
  return (
    <Disclosure summary={t("add.title")} open={form.isRefused}>
      <p className="text-quiet">{t("add.lead", placeNumbers)}</p>
      <PostForm action={addPlaceAction} className="grid gap-5">
        <Field
          {...form.field("network")}
          label={t("add.network")}
          hint={t("add.networkHint", placeNumbers)}
          defaultValue={form.value("network") ?? ip ?? ""}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <Field
          {...form.field("name")}
          label={t("name")}
          hint={t("nameHint")}
          defaultValue={form.value("name") ?? ""}
          autoComplete="off"
        />
        <TypedPassword
          of={email}
          about={headingId("places")}
          {...form.field("password")}
          label={t("add.password")}
          purpose="current"
          required
        />
        <Button>{t("add.submit")}</Button>
      </PostForm>
    </Disclosure>
  );
}
