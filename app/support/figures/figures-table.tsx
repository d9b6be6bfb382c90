import { DataTable } from "@/components/data-table";
import { dayText, numberText } from "@/lib/figures/figure-words";
import { countedFigures, type Figures } from "@/lib/figures/list-figures";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** All figures of all days, the latest day first. */
export async function FiguresTable({ days }: Pick<Figures, "days">) {
  const t = await getTranslations("figures");
  const locale = await getLocale();
  const cell = (key: string, text: string) => (
    <span key={key} className="inline-block min-w-18 whitespace-nowrap sm:min-w-24">
      {text}
    </span>
  );
  const rows = [...days].reverse().map((counts) => ({
    key: counts.day,
    cells: [
      cell("day", dayText(counts.day, locale)),
      ...countedFigures.map((figure) => cell(figure, numberText(counts[figure], locale))),
      counts.medianSeconds === null
        ? cell("median", "–")
        : cell("median", spanText(counts.medianSeconds, locale)),
    ],
  }));
  return (
    <DataTable
      caption={t("table.caption")}
      headings={[
        t("table.day"),
        ...countedFigures.map((figure) => t(`${figure}.title`)),
        t("table.median"),
      ]}
      rows={rows}
      numeric={[1, 2, 3, 4, 5, 6]}
      narrow="keeps-names"
    />
  );
}
