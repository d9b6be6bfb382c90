import type { ReactNode } from "react";
import { DataTable } from "@/components/data-table";
import { numberText, shareText } from "@/lib/figures/figure-words";
import {
  comparedSpans,
  type Figures,
  type RateName,
  rateNames,
  type SpanCounts,
} from "@/lib/figures/list-figures";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** The rates and figures of the last hour, held against days: how it goes now, at one look. */
export async function GlanceTable(figures: Figures) {
  const t = await getTranslations("figures");
  const locale = await getLocale();
  const number = (value: number) => numberText(value, locale);
  const days = {
    lastHour: 1,
    lastWeek: COMPARED_DAYS,
    weekBefore: COMPARED_DAYS,
    all: FIGURE_DAYS,
  };
  const row = (key: string, name: string, cell: (counts: SpanCounts) => ReactNode) => ({
    key,
    cells: [
      <span key="name" className="block sm:min-w-32">
        {name}
      </span>,
      ...comparedSpans.map((span) => (
        <span key={span} className="inline-block sm:min-w-24">
          {cell(figures[span])}
        </span>
      )),
    ],
  });
  const rate =
    (name: RateName) =>
    ({ rates }: SpanCounts) => {
      const found = rates[name];
      if (found === null) return "–";
      const { part, whole, share } = found;
      return (
        <>
          <span className="inline-block">{shareText(share, locale)}</span>{" "}
          <span className="inline-block text-quiet text-sm max-sm:ml-1 sm:block">
            {t("glance.of", { part: number(part), whole: number(whole) })}
          </span>
        </>
      );
    };
  return (
    <DataTable
      caption={t("glance.caption")}
      headings={[
        t("glance.figure"),
        ...comparedSpans.map((span) => t(`glance.spans.${span}`, { days: days[span] })),
      ]}
      rows={[
        ...rateNames.map((name) => row(name, t(`glance.rates.${name}`), rate(name))),
        row("signIns", t("signIns.title"), ({ signIns }) => number(signIns)),
        row("cases", t("cases.title"), ({ cases }) => number(cases)),
        row("median", t("table.median"), ({ medianSeconds }) =>
          medianSeconds === null ? "–" : spanText(medianSeconds, locale),
        ),
      ]}
      numeric={[1, 2, 3, 4]}
      narrow="stacks"
    />
  );
}
