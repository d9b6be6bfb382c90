import { Button } from "@/components/button";
import { ErrorSummary } from "@/components/error-summary";
import { Field } from "@/components/field";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

type SearchFormProps = { typed: string; isTooShort: boolean };

/** Looks for a customer by whatever the caller can say. */
export async function SearchForm({ typed, isTooShort }: SearchFormProps) {
  const t = await getTranslations("support.search");
  const common = await getTranslations("common");
  const error = isTooShort ? t("tooShort", { minName: supportNumbers.minName }) : undefined;
  return (
    <>
      <ErrorSummary
        title={common("problem")}
        errors={error === undefined ? [] : [{ field: "q", message: error }]}
      />
      <form action="/support" className="grid max-w-2xl gap-4">
        <Field
          name="q"
          label={t("label")}
          hint={t("hint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={typed === ""}
          defaultValue={typed.slice(0, supportNumbers.search)}
          error={error}
          errorPrefix={common("errorPrefix")}
        />
        <div>
          <Button kind="inline">{t("submit")}</Button>
        </div>
      </form>
    </>
  );
}
