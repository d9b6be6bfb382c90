import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { SearchForm } from "@/app/support/search-form";
import { SearchResults } from "@/app/support/search-results";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { Waiting } from "@/app/support/what-waits";
import { StudioAlarms } from "@/app/templates/studio-alarms";
import { Card } from "@/components/card";
import { LiveRefresh } from "@/components/live-refresh";
import { supportRoles } from "@/lib/account/roles";
import { getTranslations } from "@/lib/i18n/translations";
import { findCustomers, type Opened } from "@/lib/support/find-customers";
import { supportNumbers } from "@/lib/support/rules/limits";

type SupportPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supportDesk"))("title") };
}

export default async function SupportPage({ searchParams }: SupportPageProps) {
  const staff = await requireViewer("/support", supportRoles);
  const t = await getTranslations("supportDesk");
  const { q } = await searchParams;
  const typed = typeof q === "string" ? q : "";
  const outcome = await findCustomers(staff, typed);
  if (outcome.kind === "searched" && outcome.opens !== null) redirect(pathOf(outcome.opens));
  return (
    <SupportFrame role={staff.role} current="customers">
      <Card width="full" title={t("title")}>
        <SearchForm typed={typed} isTooShort={outcome.kind === "too-short"} />
        {outcome.kind === "nothing" ? (
          <>
            <StudioAlarms words={await accountWords(staff.session)} />
            {/* Not while a search is shown: each time it would be searched anew. */}
            <LiveRefresh everySeconds={supportNumbers.deskRefreshSeconds} />
            <Waiting timeZone={staff.session.account.timeZone} />
          </>
        ) : null}
        {outcome.kind === "searched" ? (
          <SearchResults outcome={outcome} session={staff.session} />
        ) : null}
      </Card>
    </SupportFrame>
  );
}

function pathOf(opened: Opened): string {
  switch (opened.kind) {
    case "block":
      return `/support/blocks/${opened.reference}`;
    case "case":
      return `/support/cases/${opened.id}`;
    case "mail":
      return `/support/mails/${opened.id}`;
    case "sign-in":
      return `/support/customers/${opened.accountId}`;
  }
}
