import { Field } from "@/components/field";
import { getTranslations } from "@/lib/i18n/translations";

type FactorFieldProps = {
  error: string | undefined;
  /** Of its input, where an error's link leads; left out: that of the only such field of a page. */
  id?: string;
  /** Whether it has the focus at once, as what its page is for. */
  isFirst?: boolean;
  /** Whether its form is taken without it. */
  isOptional?: boolean;
};

/** The one field for codes of authenticator apps and for recovery codes, which have letters. */
export async function FactorField({
  error,
  id,
  isFirst = false,
  isOptional = false,
}: FactorFieldProps) {
  const t = await getTranslations("verify.factor");
  return (
    <Field
      name="code"
      id={id}
      label={t("field")}
      hint={t("hint")}
      look="code"
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={100}
      required={!isOptional}
      autoFocus={isFirst}
      error={error}
      errorPrefix={(await getTranslations("common"))("errorPrefix")}
    />
  );
}
