import type { Metadata } from "next";
import { FigureChart } from "@/app/support/figures/figure-chart";
import { FiguresTable } from "@/app/support/figures/figures-table";
import { GlanceTable } from "@/app/support/figures/glance-table";
import { MailNow } from "@/app/support/figures/mail-now";
import { SupportFrame } from "@/app/support/support-frame";
import { Card } from "@/components/card";
import { Disclosure } from "@/components/disclosure";
import { Section } from "@/components/section";
import { supportRoles } from "@/lib/account/roles";
import { numberText } from "@/lib/figures/figure-words";
import { countedFigures, listFigures } from "@/lib/figures/list-figures";
import { FIGURE_DAYS } from "@/lib/figures/rules/limits";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { requireStaff } from "@/lib/next-auth/session";

const PATH = "/support/figures";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("figures"))("title") };
}

export default async function FiguresPage() {
  const { role } = await requireStaff(PATH, supportRoles);
  const t = await getTranslations("figures");
  const locale = await getLocale();
  const figures = await listFigures();
  const { timeZone, days, all, lastWeek, weekBefore } = figures;
  const shown = FIGURE_DAYS;
  const isEmpty = countedFigures.every((figure) => all[figure] === 0);
  const number = (value: number | null) => numberText(value ?? 0, locale);
  const time = (seconds: number | null) =>
    seconds === null ? t("noCode") : spanText(seconds, locale);
  return (
    <SupportFrame role={role} current="figures">
      <Card width="full" title={t("title")} lead={t("lead", { days: shown, zone: timeZone })}>
        <MailNow />
        {isEmpty ? (
          <p>{t("empty", { days: shown })}</p>
        ) : (
          <>
            <Section title={t("glance.title")}>
              <p className="text-quiet">{t("glance.lead")}</p>
              <GlanceTable {...figures} />
            </Section>
            <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-2">
              {countedFigures.map((figure) => (
                <FigureChart
                  key={figure}
                  title={t(`${figure}.title`)}
                  what={t(`${figure}.what`)}
                  values={days.map((counts) => ({ day: counts.day, value: counts[figure] }))}
                  all={t("total", { count: number(all[figure]), days: shown })}
                  weeks={{ last: number(lastWeek[figure]), before: number(weekBefore[figure]) }}
                  text={number}
                />
              ))}
              <FigureChart
                title={t("median.title")}
                what={t("median.what")}
                values={days.map(({ day, medianSeconds: value }) => ({
                  day,
                  // Written as a second, where it was less.
                  value: value === null ? null : Math.max(1, value),
                }))}
                all={t("medianAll", { time: time(all.medianSeconds), days: shown })}
                weeks={{
                  last: time(lastWeek.medianSeconds),
                  before: time(weekBefore.medianSeconds),
                }}
                text={time}
              />
            </div>
            <Disclosure summary={t("table.summary")}>
              <FiguresTable days={days} />
            </Disclosure>
          </>
        )}
      </Card>
    </SupportFrame>
  );
}
