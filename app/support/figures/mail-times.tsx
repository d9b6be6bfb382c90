import { BarChart } from "@/components/bar-chart";
import { numberText } from "@/lib/figures/figure-words";
import { countOf, timeBuckets, type WayTimes } from "@/lib/heartbeat/metrics";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** How long the mails of one way out took, as bars: until they arrived where that is known, else until taken. */
export async function MailTimes({ way }: { way: WayTimes }) {
  const t = await getTranslations("figures.mail.times");
  const locale = await getLocale();
  const known = countOf(way.delivered) > 0 ? "delivered" : "accepted";
  const times = way[known];
  if (countOf(times) === 0) return null;
  const title = t(known, { way: way.transport });
  const bounds = timeBuckets.map((bound) => spanText(bound, locale));
  const [first = "", last = ""] = [bounds.at(0), bounds.at(-1)];
  const number = (value: number) => numberText(value, locale);
  const bars = times.counts.map((value, index) => {
    const bound = bounds[index];
    const text = t(bound === undefined ? "more" : "bar", {
      time: bound ?? last,
      count: number(value),
    });
    return { key: text, value, text };
  });
  return (
    <figure className="grid gap-2">
      <figcaption className="font-medium">{title}</figcaption>
      <BarChart
        label={t("chart", { title, count: number(countOf(times)), from: first, to: last })}
        bars={bars}
        ends={[first, `> ${last}`]}
        axisText={number}
      />
    </figure>
  );
}
