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
        done={["sent", "sent-factors", "document-added", "document-known", "answered", "withdrawn"]}
        timeZone={timeZone}
      />
      <StatusFacts page={page} />
      <Next page={page} />
      <FromStaff page={page} />
      {state === "closed" ? null : <SentDocuments page={page} />}
      {takesMore ? <AddSections token={token} page={page} notice={notice} /> : null}
      {canWithdraw ? <WithdrawSection token={token} /> : <After page={page} />}
    </Card>
  );
}

async function StatusFacts({ page }: { page: StatusPage }) {
  const t = await getTranslations("recover.status");
  const { reference, state, lost, maskedAccount, newEmail, sentAt, timeZone } = page;
  const sent = <Moment at={sentAt}>{await momentText(sentAt, { timeZone })}</Moment>;
  return (
    <Facts
      facts={[
        { label: t("reference"), value: <Reference>{reference}</Reference> },
        { label: t("state"), value: t(`states.${state}.name`) },
        { label: t("lost"), value: t(`lostWhat.${lost}`) },
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
  const { state, lost, coolsUntil, sentAt, timeZone } = page;
  if (lost === "second-factor") {
    const t = await getTranslations("recover.status.factors");
    if (state === "open" || state === "done") return t(state);
    if (state === "approved") {
      return t.rich(state, await momentTags(coolsUntil ?? sentAt, { timeZone }));
    }
  }
  return <NextOfState page={page} />;
}

async function NextOfState({ page }: { page: StatusPage }) {
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

async function After({ page: { state, lost } }: { page: StatusPage }) {
  const t = await getTranslations("recover.status");
  switch (state) {
    case "done":
      if (lost === "second-factor") {
        return <ButtonLink href="/login">{t("factors.signIn")}</ButtonLink>;
      }
      return <ButtonLink href="/forgot-password">{t("signIn")}</ButtonLink>;
    case "needless":
      return <ButtonLink href="/login">{t("factors.signIn")}</ButtonLink>;
    case "refused":
    case "withdrawn":
    case "lapsed":
    case "taken":
      return (
        <ButtonLink
          kind="secondary"
          href={lost === "mailbox" ? "/recover" : `/recover?lost=${lost}`}
        >
          {t("again")}
        </ButtonLink>
      );
    default:
      return null;
  }
}
