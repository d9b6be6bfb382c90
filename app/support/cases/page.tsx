import type { Metadata } from "next";
import { accountWords } from "@/app/account/account-words";
import { ageText } from "@/app/support/cases/age-text";
import { CaseFlags } from "@/app/support/cases/case-flags";
import { SupportFrame } from "@/app/support/support-frame";
import { Button, ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { DataTable } from "@/components/data-table";
import { LiveRefresh } from "@/components/live-refresh";
import { Reference } from "@/components/reference";
import { Select } from "@/components/select";
import { TextLink } from "@/components/text-link";
import { supportRoles } from "@/lib/account/roles";
import type { LiveSession } from "@/lib/account/session-store";
import {
  listCases,
  type QueuedCase,
  queueFilters,
  readQueueFilter,
} from "@/lib/cases/review/review-queue";
import { readClock } from "@/lib/clock";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { requireStaff } from "@/lib/next-auth/session";

const PATH = "/support/cases";
const REFRESH_SECONDS = 30;

type CasesPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supportCases"))("title") };
}

const oneOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

export default async function CasesPage({ searchParams }: CasesPageProps) {
  const { session, role } = await requireStaff(PATH, supportRoles);
  const t = await getTranslations("supportCases");
  const query = await searchParams;
  const filter = readQueueFilter(oneOf(query.show));
  const { cases, next } = await listCases({ filter, after: oneOf(query.after) });
  const options = queueFilters.map((value) => ({ value, label: t(`filter.${value}`) }));
  return (
    <SupportFrame role={role} current="cases">
      <LiveRefresh everySeconds={REFRESH_SECONDS} />
      <Card width="full" title={t("title")} lead={t("lead")}>
        <form action={PATH} className="flex flex-wrap items-end gap-3">
          <Select name="show" label={t("filter.label")} options={options} defaultValue={filter} />
          <Button kind="inline">{t("filter.submit")}</Button>
        </form>
        {cases.length === 0 ? (
          <p>{t(`none.${filter}`)}</p>
        ) : (
          <CaseTable session={session} cases={cases} />
        )}
        {next === null ? null : (
          <ButtonLink kind="secondary" href={`${PATH}?show=${filter}&after=${next}`}>
            {t("next")}
          </ButtonLink>
        )}
      </Card>
    </SupportFrame>
  );
}

async function CaseTable({ session, cases }: { session: LiveSession; cases: QueuedCase[] }) {
  const t = await getTranslations("supportCases");
  const locale = await getLocale();
  const words = await accountWords(session);
  const columns = ["reference", "sent", "state", "lost", "proof", "agreed", "flags"] as const;
  const rows = cases.map(({ id, reference, state, lost, proof, sentAt, approvals, flags }) => ({
    key: id,
    cells: [
      <TextLink key="reference" href={`${PATH}/${id}`}>
        <Reference>{reference}</Reference>
      </TextLink>,
      <time key="sent" dateTime={sentAt.toISOString()} title={words.when(sentAt)}>
        {ageText(sentAt, readClock(), locale)}
      </time>,
      t(`state.${state}`),
      t(`lost.${lost}`),
      t(`proof.${proof}`),
      t("approvals", approvals),
      <CaseFlags key="flags" flags={flags} />,
    ],
  }));
  const headings = columns.map((column) => t(`table.${column}`));
  return <DataTable caption={t("table.caption")} headings={headings} rows={rows} />;
}
