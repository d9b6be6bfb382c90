import { ageText } from "@/app/support/cases/age-text";
import { MailTimes } from "@/app/support/figures/mail-times";
import { Bullets } from "@/components/bullets";
import { DataTable, type DataTableProps } from "@/components/data-table";
import { Section } from "@/components/section";
import { readClock } from "@/lib/clock";
import { numberText } from "@/lib/figures/figure-words";
import {
  countOf,
  type Metrics,
  quantileOf,
  type Times,
  timeBuckets,
} from "@/lib/heartbeat/metrics";
import { readMetrics } from "@/lib/heartbeat/read-metrics";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

const longest = timeBuckets.at(-1) ?? 0;

/** How mail fares at the moment: what metrics say, in words, tables and bars. */
export async function MailNow() {
  const t = await getTranslations("figures.mail");
  const metrics = await readMetrics();
  return (
    <Section id="mail" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      <Bullets items={await sentences(metrics)} />
      <Queue {...metrics} />
      <Ways {...metrics} />
      <div className="grid items-start gap-x-12 gap-y-6 lg:grid-cols-2">
        {metrics.times.map((way) => (
          <MailTimes key={way.transport} way={way} />
        ))}
      </div>
      <Domains {...metrics} />
    </Section>
  );
}

async function sentences({ outage, canary, marked, hashes, signIns }: Metrics) {
  const t = await getTranslations("figures.mail");
  const locale = await getLocale();
  const sum = (counts: readonly { count: number }[]) =>
    numberText(
      counts.reduce((all, { count }) => all + count, 0),
      locale,
    );
  const lastRun = canary?.lastRun ?? null;
  const canaryKind =
    canary === null ? "none" : lastRun === null ? "notYet" : lastRun.isRight ? "right" : "wrong";
  const age = lastRun === null ? "" : ageText(lastRun.endedAt, readClock(), locale);
  return [
    t(`outage.${outage ?? "none"}`),
    t(`canary.${canaryKind}`, { age }),
    t("rest.signIns", { count: sum(signIns) }),
    t("rest.marked", { count: sum(marked) }),
    t("rest.hashes", {
      atWork: numberText(hashes.atWork, locale),
      waiting: numberText(hashes.waiting, locale),
    }),
  ];
}

/** A table below what it shows: there are several, and some of the same look. Its caption says it to who listens. */
function TitledTable(props: DataTableProps) {
  return (
    <div className="grid gap-2">
      <p aria-hidden="true" className="font-medium">
        {props.caption}
      </p>
      <DataTable {...props} />
    </div>
  );
}

async function Queue({ queue }: Metrics) {
  const t = await getTranslations("figures.mail.queue");
  const locale = await getLocale();
  return (
    <TitledTable
      caption={t("caption")}
      headings={[t("kind"), t("waiting"), t("oldest")]}
      rows={queue.map(({ urgency, waiting, oldestSeconds }) => ({
        key: urgency,
        cells: [
          t(urgency),
          numberText(waiting, locale),
          waiting === 0 ? "–" : spanText(oldestSeconds, locale),
        ],
      }))}
      numeric={[1, 2]}
    />
  );
}

async function Ways({ ways, times }: Metrics) {
  const t = await getTranslations("figures.mail.ways");
  const locale = await getLocale();
  const median = (of: Times | undefined) => {
    const half = of === undefined ? null : quantileOf(of, 0.5);
    if (of === undefined || half === null) return "–";
    const isLonger = half === Number.POSITIVE_INFINITY;
    const time = spanText(isLonger ? longest : half, locale);
    return t(isLonger ? "longer" : "median", { time, count: numberText(countOf(of), locale) });
  };
  const state = ({ openSeconds, pausedSeconds }: Metrics["ways"][number]) => {
    if (openSeconds > 0) return t("open", { time: spanText(openSeconds, locale) });
    if (pausedSeconds > 0) return t("paused", { time: spanText(pausedSeconds, locale) });
    return t("inUse");
  };
  return (
    <TitledTable
      caption={t("caption")}
      headings={[t("way"), t("accepted"), t("delivered"), t("state")]}
      rows={ways.map((way) => {
        const own = times.find(({ transport }) => transport === way.transport);
        return {
          key: way.transport,
          cells: [way.transport, median(own?.accepted), median(own?.delivered), state(way)],
        };
      })}
      narrow="stacks"
    />
  );
}

async function Domains({ domains }: Metrics) {
  const t = await getTranslations("figures.mail.domains");
  const locale = await getLocale();
  if (domains.length === 0) return <p>{t("none")}</p>;
  return (
    <TitledTable
      caption={t("caption")}
      headings={[t("domain"), t("mails"), t("failures")]}
      rows={domains.map(({ domain, mails, failures }) => ({
        key: domain,
        cells: [
          <span key="domain" className="break-words">
            {domain === "other" ? t("other") : domain}
          </span>,
          numberText(mails, locale),
          numberText(
            failures.reduce((all, { count }) => all + count, 0),
            locale,
          ),
        ],
      }))}
      numeric={[1, 2]}
      narrow="stacks"
    />
  );
}
