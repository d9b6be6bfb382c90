import { aboutLines } from "@/app/account/activity/about-lines";
import { endLines } from "@/app/account/end-lines";
import { mailWayText } from "@/app/mail-way-text";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { timelinePath } from "@/app/support/customers/[id]/timeline-path";
import { ButtonLink } from "@/components/button";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { SectionNav } from "@/components/section-nav";
import { TextLink } from "@/components/text-link";
import type { ListedMail } from "@/lib/history/list-mails";
import { subjectOf } from "@/lib/history/shown-mail";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { type TimelineEntry, type TimelineView, timelineViews } from "@/lib/support/timeline";

const views = Object.keys(timelineViews) as TimelineView[];

type TimelineProps = CustomerPart & {
  view: TimelineView;
  /** Whether it is the page of the newest. */
  isFirst: boolean;
};

/** What happened on an account, in one order; beside the rest it scrolls in itself. */
export async function Timeline({ page, words, view, isFirst }: TimelineProps) {
  const t = await getTranslations("support.customer.timeline");
  const { id, timeline, next } = page;
  const said = await Promise.all(timeline.map((entry) => sayEntry(entry, words.when)));
  return (
    <Section id="timeline" title={t("title")}>
      <SectionNav
        label={t("show")}
        items={views.map((one) => ({
          href: timelinePath(id, one),
          label: t(`views.${one}`),
          isCurrent: one === view,
        }))}
      />
      {timeline.length === 0 ? <p>{t("none")}</p> : null}
      <ol
        aria-label={t("caption")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="divide-y divide-line rounded-lg border border-line empty:hidden lg:max-h-[calc(100vh-9rem)] lg:overflow-y-auto"
      >
        {timeline.map((entry, index) => (
          <li key={entry.id} className="grid gap-0.5 px-4 py-2.5 [overflow-wrap:anywhere]">
            <p className="font-medium">
              {entry.source === "mail" ? (
                <TextLink href={`/support/mails/${entry.mail.id}`}>{said[index]?.what}</TextLink>
              ) : (
                said[index]?.what
              )}
            </p>
            {said[index]?.lines.map((line) => (
              <p key={line} className="text-sm">
                {line}
              </p>
            ))}
            <p className="text-quiet text-sm">
              <Moment at={entry.at} quiet>
                {words.when(entry.at)}
              </Moment>
              {[t(`source.${entry.source}`), fromWhere(entry, words)]
                .filter((part) => part !== null)
                .map((part) => ` · ${part}`)}
            </p>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {next === null ? null : (
          <ButtonLink kind="inline" href={timelinePath(id, view, next)}>
            {t("next")}
          </ButtonLink>
        )}
        {isFirst ? null : (
          <p>
            <TextLink href={timelinePath(id, view)}>{t("newest")}</TextLink>
          </p>
        )}
        <p>
          <TextLink href={`/support/audit?subject=${id}`}>{t("audit")}</TextLink>
        </p>
      </div>
    </Section>
  );
}

function fromWhere(
  { ip, countryCode, browser, system }: TimelineEntry,
  words: CustomerPart["words"],
): string | null {
  const parts = [
    ...(ip === null ? [] : [words.from({ ip, countryCode })]),
    ...(browser === null && system === null ? [] : [words.device({ browser, system })]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
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
    case "mail":
      return {
        what: subjectOf(entry.mail, await getLocale()),
        lines: await mailLines(entry.mail, when),
      };
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

/** To whom a mail goes, and how far it has come. */
async function mailLines(mail: ListedMail, when: (at: Date) => string): Promise<string[]> {
  const timeline = await getTranslations("support.customer.timeline");
  const t = await getTranslations("support.customer.mails");
  const { recipient, state, at, sentAt, nextTryAt, attempts, lastError } = mail;
  const to = timeline("mailTo", { recipient });
  const way = mail.way.length === 0 ? [] : [await mailWayText(mail)];
  if (state === "sent") return [to, t("sent", { date: when(sentAt ?? at) }), ...way];
  return [
    to,
    state === "queued" ? t("queued", { date: when(nextTryAt) }) : t(state),
    ...way,
    ...(attempts === 0 ? [] : [t("tries", { attempts })]),
    ...(lastError === null ? [] : [t("error", { error: lastError })]),
  ];
}
