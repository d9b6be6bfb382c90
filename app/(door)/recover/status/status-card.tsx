import { RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { AddSections, SentDocuments } from "@/app/(door)/recover/status/add-sections";
import { WithdrawSection } from "@/app/(door)/recover/status/withdraw-section";
import { Contacts } from "@/app/contacts";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Reference } from "@/components/reference";
import { Section } from "@/components/section";
import type { StatusPage } from "@/lib/cases/request/status-page";
import type { Notice } from "@/lib/forms/notice";
import { momentTags, momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type StatusCardProps = { token: string; page: StatusPage; notice: Notice | null };

/** How a sent request stands, what happens next and when, and what can still be done. */
export async function StatusCard({ token, page, notice }: StatusCardProps) {
  const t = await getTranslations("recover.status");
  const { state, timeZone, takesMore, canWithdraw } = page;
  return (
    <Card width="wide" title={t("title")} below={<Contacts />}>
      <RecoverNotice
        notice={notice}
        forms={["recover-document", "recover-answer", "recover-withdraw"]}
        done={["sent", "document-added", "document-known", "answered", "withdrawn"]}
        timeZone={timeZone}
      />
      <StatusFacts page={page} />
      <Next page={page} />
      <FromStaff page={page} />
      {state === "closed" ? null : <SentDocuments page={page} />}
      {takesMore ? <AddSections token={token} page={page} notice={notice} /> : null}
      {canWithdraw ? <WithdrawSection token={token} /> : <After state={state} />}
    </Card>
  );
}

async function StatusFacts({ page }: { page: StatusPage }) {
  const t = await getTranslations("recover.status");
  const { reference, state, maskedAccount, newEmail, sentAt, timeZone } = page;
  const sent = <Moment at={sentAt}>{await momentText(sentAt, { timeZone })}</Moment>;
  return (
    <Facts
      facts={[
        { label: t("reference"), value: <Reference>{reference}</Reference> },
        { label: t("state"), value: t(`states.${state}.name`) },
        ...(maskedAccount === null ? [] : [{ label: t("account"), value: maskedAccount }]),
        ...(newEmail === null ? [] : [{ label: t("newEmail"), value: newEmail }]),
        { label: t("sentAt"), value: sent },
      ]}
    />
  );
}

async function Next({ page }: { page: StatusPage }) {
  const t = await getTranslations("recover.status");
  const { objectedAt, timeZone } = page;
  return (
    <Section title={t("next")}>
      {objectedAt === null ? null : (
        <p className="font-semibold">
          {t.rich("objected", await momentTags(objectedAt, { timeZone }))}
        </p>
      )}
      <p className="[overflow-wrap:anywhere]">
        <WhatNext page={page} />
      </p>
    </Section>
  );
}

async function WhatNext({ page }: { page: StatusPage }) {
  const t = await getTranslations("recover.status.states");
  const { state, coolsUntil, answerBy, sentAt, timeZone } = page;
  const email = page.newEmail ?? "";
  switch (state) {
    case "approved": {
      const tags = await momentTags(coolsUntil ?? sentAt, { timeZone });
      return t.rich("approved.next", { ...tags, email });
    }
    case "needs-more":
      return t.rich("needs-more.next", await momentTags(answerBy ?? sentAt, { timeZone }));
    case "open":
    case "done":
      return t(`${state}.next`, { email });
    default:
      return t(`${state}.next`);
  }
}

/** What staff wrote, as they wrote it: their lines, and no links. */
async function FromStaff({ page }: { page: StatusPage }) {
  const t = await getTranslations("recover.status");
  const { moreAsked, refusedBecause } = page;
  const words = moreAsked ?? refusedBecause;
  if (words === null) return null;
  return (
    <Section title={t(moreAsked === null ? "refused" : "asked")}>
      <p className="whitespace-pre-line rounded-lg bg-sunken px-4 py-3 [overflow-wrap:anywhere]">
        {words}
      </p>
    </Section>
  );
}

async function After({ state }: Pick<StatusPage, "state">) {
  const t = await getTranslations("recover.status");
  switch (state) {
    case "done":
      return <ButtonLink href="/forgot-password">{t("signIn")}</ButtonLink>;
    case "refused":
    case "withdrawn":
    case "lapsed":
    case "taken":
      return (
        <ButtonLink kind="secondary" href="/recover">
          {t("again")}
        </ButtonLink>
      );
    default:
      return null;
  }
}
