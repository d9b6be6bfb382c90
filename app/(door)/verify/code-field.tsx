import { Field } from "@/components/field";
import { getTranslations } from "@/lib/i18n/translations";

type CodeFieldProps = {
  error: string | undefined;
  /** Whether it has the focus at once, as what its page is for. */
  isFirst?: boolean;
};

/** The field for a mailed code. */
export async function CodeField({ error, isFirst = false }: CodeFieldProps) {
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
      autoFocus={isFirst}
      error={error}
      errorPrefix={(await getTranslations("common"))("errorPrefix")}
    />
  );
}
