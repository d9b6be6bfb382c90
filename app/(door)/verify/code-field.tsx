import { FiguresField } from "@/components/figures-field";
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
    <FiguresField
      name="code"
      label={t("code")}
      hint={t("codeHint")}
      autoComplete="one-time-code"
      autoFocus={isFirst}
      error={error}
      errorPrefix={(await getTranslations("common"))("errorPrefix")}
    />
  );
}
