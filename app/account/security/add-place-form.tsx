import { getTranslations } from "next-intl/server";
import { fieldOf } from "@/app/account/refused-form";
import { addPlaceAction } from "@/app/account/security/actions";
import { addPlaceForm } from "@/app/account/security/place-forms";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Field, fieldId } from "@/components/field";
import { PasswordField } from "@/components/password-field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/auth/notice";
import { placeNumbers } from "@/lib/places/place-numbers";

type AddPlaceFormProps = {
  /** Where the customer is now, if that is not trusted yet. */
  ip: string | null;
  notice: Notice | null;
};

/** Adds an address or a range by hand. */
export async function AddPlaceForm({ ip, notice }: AddPlaceFormProps) {
  const t = await getTranslations("places");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const form = await addPlaceForm(notice);
  const idOf = (field: string) => fieldId(fieldOf("add-place", field));
  return (
    <Disclosure summary={t("add.title")} open={form.isRefused}>
      <p className="text-quiet">{t("add.lead", placeNumbers)}</p>
      <PostForm action={addPlaceAction} className="grid gap-5">
        <Field
          name="network"
          id={idOf("network")}
          label={t("add.network")}
          hint={t("add.networkHint", placeNumbers)}
          defaultValue={form.value("network") ?? ip ?? ""}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          error={form.error("network")}
          errorPrefix={errorPrefix}
        />
        <Field
          name="name"
          id={idOf("name")}
          label={t("name")}
          hint={t("nameHint")}
          defaultValue={form.value("name") ?? ""}
          autoComplete="off"
          error={form.error("name")}
          errorPrefix={errorPrefix}
        />
        <PasswordField
          name="password"
          id={idOf("password")}
          label={t("add.password")}
          purpose="current"
          required
          error={form.error("password")}
          errorPrefix={errorPrefix}
        />
        <Button>{t("add.submit")}</Button>
      </PostForm>
    </Disclosure>
  );
}
