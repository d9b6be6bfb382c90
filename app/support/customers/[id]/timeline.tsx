import { getLocale, getTranslations } from "next-intl/server";
import { aboutLines } from "@/app/account/activity/about-lines";
import { endLines } from "@/app/account/end-lines";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { subjectOf } from "@/lib/history/shown-mail";
import type { TimelineEntry } from "@/lib/support/timeline";

type TimelineProps = CustomerPart & {
  /** Whether it is the page of the newest. */
  isFirst: boolean;
};

/** Everything that happened on an account, in one order. */
export async function Timeline({ page, words, isFirst }: TimelineProps) {
  const t = await getTranslations("support.customer.timeline");
  const { id, timeline, next } = page;
  const path = `/support/customers/${id}`;
  const said = await Promise.all(timeline.map((entry) => sayEntry(entry, words.when)));
  const from = ({ ip, countryCode, browser, system }: TimelineEntry) =>
    ip === null && browser === null && system === null
      ? null
      : [
          ip === null ? null : words.from({ ip, countryCode }),
          browser === null && system === null ? null : words.device({ browser, system }),
        ]
          .filter((part) => part !== null)
          .join(", ");
  const rows = timeline.map((entry, index) => ({
    key: entry.id,
    cells: [
      <span key="time" className="grid min-w-44 gap-0.5">
        <Moment at={entry.at} quiet>
          {words.when(entry.at)}
        </Moment>
        <span className="font-normal text-quiet text-sm">{t(`source.${entry.source}`)}</span>
      </span>,
      <span key="what" className="grid min-w-60 gap-0.5 [overflow-wrap:anywhere]">
        <span>{said[index]?.what}</span>
        {said[index]?.lines.map((line) => (
          <span key={line} className="text-quiet text-sm">
            {line}
          </span>
        ))}
      </span>,
      from(entry),
    ],
  }));
  return (
    <Section id="timeline" title={t("title")}>
      {rows.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <DataTable
          caption={t("caption")}
          headings={[t("columns.time"), t("columns.what"), t("columns.from")]}
          rows={rows}
        />
      )}
      {next === null ? null : (
        <div>
          <ButtonLink kind="inline" href={`${path}?after=${next}#timeline`}>
            {t("next")}
          </ButtonLink>
        </div>
      )}
      {isFirst ? null : (
        <p>
          <TextLink href={`${path}#timeline`}>{t("newest")}</TextLink>
        </p>
      )}
      <p>
        <TextLink href={`/support/audit?subject=${id}`}>{t("audit")}</TextLink>
      </p>
    </Section>
  );
}

/** What happened, in words, and what is known of it besides. */
async function sayEntry(
  entry: TimelineEntry,
  when: (at: Date) => string,
): Promise<{ what: string; lines: string[] }> {
  const t = await getTranslations("support.customer.timeline");
  const activity = await getTranslations("activity");
  const { who, reason } = entry;
  const byStaff = [
    ...(who === null ? [] : [t("by", { who })]),
    ...(reason === null ? [] : [activity("about.reason", { reason })]),
  ];
  switch (entry.source) {
    case "sign-in":
      return {
        what: (await getTranslations("history.verdict"))(entry.verdict),
        lines: await endLines("session", entry.ended, when),
      };
    case "activity": {
      const ends = await endLines("browser", entry.ended, when);
      return {
        what: activity(`kind.${entry.kind}`),
        lines: [...(await aboutLines(entry)), ...ends],
      };
    }
    case "mail": {
      const { recipient, state } = entry.mail;
      const how = `${t("mailTo", { recipient })}, ${t(`mailState.${state}`)}`;
      return { what: subjectOf(entry.mail, await getLocale()), lines: [how] };
    }
    case "block": {
      const { because, reference } = entry;
      return { what: t(`block.${because}`), lines: [t("reference", { reference })] };
    }
    case "decision": {
      const { verdict, reference } = entry;
      return { what: t(`decision.${verdict}`), lines: [t("reference", { reference }), ...byStaff] };
    }
    case "audit":
      return { what: (await getTranslations("audit.action"))(entry.action), lines: byStaff };
  }
}
