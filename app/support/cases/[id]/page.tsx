import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { standsStill } from "@/app/forms/refused-form";
import { CaseComparison } from "@/app/support/cases/[id]/case-comparison";
import { CaseDecisions } from "@/app/support/cases/[id]/case-decisions";
import { CaseDocuments } from "@/app/support/cases/[id]/case-documents";
import { noticeOfCase } from "@/app/support/cases/[id]/case-forms";
import { CaseNotice } from "@/app/support/cases/[id]/case-notice";
import { CaseRecord } from "@/app/support/cases/[id]/case-record";
import { CaseRequest } from "@/app/support/cases/[id]/case-request";
import { CaseSummary } from "@/app/support/cases/[id]/case-summary";
import { DecisionForms } from "@/app/support/cases/[id]/decision-forms";
import { JumpLink, Pane } from "@/app/support/cases/[id]/pane";
import { MailsTable } from "@/app/support/mails-table";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { Card } from "@/components/card";
import { Disclosure } from "@/components/disclosure";
import { LiveRefresh } from "@/components/live-refresh";
import { TextLink } from "@/components/text-link";
import { supportRoles } from "@/lib/account/roles";
import { viewCase } from "@/lib/cases/review/review-case";
import { env } from "@/lib/env/env";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

const REFRESH_SECONDS = 10;

type CasePageProps = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supportCases"))("title") };
}

export default async function CasePage({ params }: CasePageProps) {
  const { id } = await params;
  const staff = await requireViewer(`/support/cases/${encodeURIComponent(id)}`, supportRoles);
  const found = await viewCase(staff, id);
  if (found === null) notFound();
  const t = await getTranslations("supportCases.case");
  const notice = noticeOfCase(await readNotice(), id);
  const { session, role } = staff;
  const count = found.documents.length;
  return (
    <SupportFrame role={role} current="cases">
      {standsStill(notice) ? null : <LiveRefresh everySeconds={REFRESH_SECONDS} />}
      <Card
        width="full"
        title={t("title", { reference: found.reference })}
        lead={t("lead")}
        below={
          <p>
            <TextLink href="/support/cases">{t("back")}</TextLink>
          </p>
        }
      >
        <CaseNotice notice={notice} />
        <CaseSummary session={session} found={found} />
        {found.state === "closed" ? (
          <p>{t("closed")}</p>
        ) : (
          <>
            <div className="grid grid-cols-1 gap-9 lg:grid-cols-2 lg:items-start lg:gap-4">
              <Pane id="record" name={t("compare.title")}>
                <JumpLink href="#documents">{t("compare.toDocuments", { count })}</JumpLink>
                <CaseComparison session={session} found={found} />
                <CaseRecord session={session} record={found.record} />
              </Pane>
              <Pane id="documents" name={t("compare.documents")}>
                <CaseDocuments session={session} found={found} />
                <CaseRequest found={found} />
                <JumpLink href="#record">{t("compare.toRecord")}</JumpLink>
              </Pane>
            </div>
            <CaseDecisions session={session} decisions={found.decisions} />
            <DecisionForms found={found} notice={notice} />
            <Disclosure summary={t("mails", { mailDays: env().mailKeptDays })}>
              <MailsTable mails={found.mails} words={await accountWords(session)} />
            </Disclosure>
          </>
        )}
      </Card>
    </SupportFrame>
  );
}
