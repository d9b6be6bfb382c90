import type { ReactNode } from "react";
import { ageText } from "@/app/support/cases/age-text";
import { waitingText } from "@/app/support/waiting-text";
import { Entries, Entry } from "@/components/entry";
import { Reference } from "@/components/reference";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { readClock } from "@/lib/clock";
import { subjectOf } from "@/lib/history/shown-mail";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { WAITING_SHOWN } from "@/lib/support/rules/limits";
import { readWhatWaits, type WaitingCounts, type WhatWaits } from "@/lib/support/what-waits";

type PartProps = { of: keyof WaitingCounts; counts: WaitingCounts; children?: ReactNode };

/** What staff look after next, below the search: it names nobody, and opens what it lists. */
export async function Waiting({ timeZone }: { timeZone: string | null }) {
  const t = await getTranslations("supportDesk.waits");
  const waits = await readWhatWaits();
  return (
    <section aria-label={t("title")} className="grid grid-cols-1 gap-9 lg:grid-cols-2">
      <Blocked {...waits} timeZone={timeZone} />
      <Cases {...waits} />
      <Refused {...waits} />
      <Questions {...waits} />
    </section>
  );
}

// The others lead to all that there is.
const endsHere: readonly (keyof WaitingCounts)[] = ["blocked", "refused"];

/** One kind of what waits, headed by how much there is; its list stops while there is more. */
async function Part({ of, counts, children }: PartProps) {
  const t = await getTranslations("supportDesk.waits");
  const text = await waitingText(of, counts[of]);
  if (counts[of] === 0) return <p className="text-quiet">{text}</p>;
  return (
    <Section id={`waiting-${of}`} title={text}>
      {children}
      {counts[of] > WAITING_SHOWN && endsHere.includes(of) ? (
        <p className="text-quiet text-sm">{t("ends", { shown: WAITING_SHOWN })}</p>
      ) : null}
    </Section>
  );
}

async function Blocked({ counts, blocked, timeZone }: WhatWaits & { timeZone: string | null }) {
  const t = await getTranslations("supportDesk.waits.blocked");
  const locale = await getLocale();
  const entries = blocked.map(async ({ reference, maskedEmail, since, until }) => {
    const tags = await momentTags(until, { timeZone });
    const age = ageText(since, readClock(), locale);
    return (
      <Entry
        key={reference}
        id={`blocked-${reference}`}
        title={
          <TextLink href={`/support/blocks/${reference}`}>
            <Reference>{reference}</Reference>
          </TextLink>
        }
        lines={[maskedEmail, t.rich("since", { ...tags, age })]}
      />
    );
  });
  return (
    <Part of="blocked" counts={counts}>
      <Entries>{await Promise.all(entries)}</Entries>
    </Part>
  );
}

async function Cases({ counts, cases }: WhatWaits) {
  const t = await getTranslations("supportDesk.waits.cases");
  const locale = await getLocale();
  return (
    <Part of="cases" counts={counts}>
      <Entries>
        {cases.map(({ id, reference, sentAt }) => (
          <Entry
            key={id}
            id={`open-${id}`}
            title={
              <TextLink href={`/support/cases/${id}`}>
                <Reference>{reference}</Reference>
              </TextLink>
            }
            lines={[t("sent", { age: ageText(sentAt, readClock(), locale) })]}
          />
        ))}
      </Entries>
      <p>
        <TextLink href="/support/cases">{t("all")}</TextLink>
      </p>
    </Part>
  );
}

async function Refused({ counts, refused }: WhatWaits) {
  const t = await getTranslations("supportDesk.waits.refused");
  const locale = await getLocale();
  return (
    <Part of="refused" counts={counts}>
      <Entries>
        {refused.map(({ at, accountId, ...mail }) => (
          <Entry
            key={mail.id}
            id={`refused-${mail.id}`}
            title={
              <TextLink href={`/support/customers/${accountId}`}>
                {subjectOf(mail, locale)}
              </TextLink>
            }
            lines={[t("to", { recipient: mail.recipient, age: ageText(at, readClock(), locale) })]}
          />
        ))}
      </Entries>
    </Part>
  );
}

async function Questions({ counts, oldestQuestion }: WhatWaits) {
  const t = await getTranslations("supportDesk.waits.questions");
  const locale = await getLocale();
  return (
    <Part of="questions" counts={counts}>
      {oldestQuestion === null ? null : (
        <p>{t("oldest", { age: ageText(oldestQuestion, readClock(), locale) })}</p>
      )}
      <p>
        <TextLink href="/support/questions">{t("all")}</TextLink>
      </p>
    </Part>
  );
}
