import { BarChart } from "@/components/bar-chart";
import { Section } from "@/components/section";
import { dayText } from "@/lib/figures/figure-words";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type FigureChartProps = {
  title: string;
  /** What is counted. */
  what: string;
  /** By day, the first first; null: nothing to measure. */
  values: readonly { day: string; value: number | null }[];
  /** In words: over all days, and of the last week and the one before. */
  all: string;
  weeks: { last: string; before: string };
  /** Writes one value. */
  text: (value: number | null) => string;
};

/** One figure: what it is, how much in all, whether it grows, and its days as bars. */
export async function FigureChart({ title, what, values, all, weeks, text }: FigureChartProps) {
  const t = await getTranslations("figures");
  const locale = await getLocale();
  const most = Math.max(...values.map(({ value }) => value ?? 0));
  const [from, to] = [values.at(0)?.day ?? "", values.at(-1)?.day ?? ""].map((day) =>
    dayText(day, locale),
  ) as [string, string];
  const label = t("chart", { title, from, to, most: text(most) });
  return (
    <Section title={title}>
      <p className="text-quiet">{what}</p>
      {most === 0 ? (
        <p>{t("zero", { days: FIGURE_DAYS })}</p>
      ) : (
        <>
          <p>
            <strong className="font-semibold text-xl">{all}</strong>
            <br />
            {t("weeks", { ...weeks, days: COMPARED_DAYS })}
          </p>
          <BarChart
            label={label}
            bars={values.map(({ day, value }) => ({
              key: day,
              value,
              text: t("bar", { day: dayText(day, locale), value: text(value) }),
            }))}
            ends={[from, to]}
            axisText={text}
          />
        </>
      )}
    </Section>
  );
}
