import { getTranslations } from "next-intl/server";
import { Field } from "@/components/field";

/** The field for a mailed code. */
export async function CodeField({ error }: { error: string | undefined }) {
  const t = await getTranslations("verify");
  return (
    <Field
      name="code"
      label={t("code")}
      hint={t("codeHint")}
      look="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      required
      error={error}
      errorPrefix={(await getTranslations("common"))("errorPrefix")}
    />
  );
}
