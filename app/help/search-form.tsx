import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { helpPageNumbers } from "@/lib/help/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

/** Searches the articles: a plain form that only reads. */
export async function SearchForm({ query }: { query: string | null }) {
  const t = await getTranslations("help.search");
  return (
    <search>
      <form action="/help" className="mt-6 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <Field
            name="q"
            type="search"
            label={t("label")}
            defaultValue={query ?? undefined}
            maxLength={helpPageNumbers.maxSearch}
            autoComplete="off"
            enterKeyHint="search"
          />
        </div>
        <div className="grid min-h-12 items-center">
          <Button kind="inline">{t("submit")}</Button>
        </div>
      </form>
    </search>
  );
}
