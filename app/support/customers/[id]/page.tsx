import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { standsStill } from "@/app/forms/refused-form";
import { noticeFor } from "@/app/support/customers/[id]/act-answers";
import { ACTS } from "@/app/support/customers/[id]/act-form";
import { readAskedToOpen } from "@/app/support/customers/[id]/asked-to-open";
import { ContactRow } from "@/app/support/customers/[id]/contact-row";
import { CustomerNotice } from "@/app/support/customers/[id]/customer-notice";
import { Now } from "@/app/support/customers/[id]/now";
import { OnRecord } from "@/app/support/customers/[id]/on-record";
import { OtherActs } from "@/app/support/customers/[id]/other-acts";
import { Timeline } from "@/app/support/customers/[id]/timeline";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { Card } from "@/components/card";
import { LiveRefresh } from "@/components/live-refresh";
import { OpenByFragment } from "@/components/open-by-fragment";
import { TextLink } from "@/components/text-link";
import { supportRoles } from "@/lib/account/roles";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { readCustomerPage } from "@/lib/support/customer-page";
import { supportNumbers } from "@/lib/support/rules/limits";
import { readTimelineView } from "@/lib/support/timeline";

/** How the fragments begin that lead to an act's form. */
const openedBy = ["act-", "lift"];

type CustomerPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The same for every customer: a title ends up in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("support.customer"))("title") };
}

export default async function CustomerPage({ params, searchParams }: CustomerPageProps) {
  const { id } = await params;
  const staff = await requireViewer(`/support/customers/${encodeURIComponent(id)}`, supportRoles);
  const query = await searchParams;
  const after = typeof query.after === "string" ? query.after : null;
  const view = readTimelineView(query.show);
  const page = await readCustomerPage(staff, id, after, view);
  if (page === null) return notFound();
  const { session, role } = staff;
  const t = await getTranslations("support.customer");
  const acts = await getTranslations("support.acts");
  const words = await accountWords(session);
  const notice = noticeFor(await readNotice(), page.id);
  const { timeZone } = session.account;
  const asked = readAskedToOpen(query, page);
  const shared = { page, words, notice, asked, timeZone };
  return (
    <SupportFrame role={role} current="customers">
      {standsStill(notice) ? null : (
        <LiveRefresh
          everySeconds={supportNumbers.refreshSeconds}
          unless={`details[name="${ACTS}"][open]`}
        />
      )}
      <OpenByFragment names={openedBy} />
      <Card
        width="full"
        title={page.name}
        below={
          <p>
            <TextLink href="/support">{t("back")}</TextLink>
          </p>
        }
      >
        <div className="grid grid-cols-1 gap-4 sm:gap-6">
          <CustomerNotice notice={notice} timeZone={timeZone} />
          <ContactRow {...shared} />
          {page.mayAct === "allowed" ? null : (
            <p>{acts(`mayNot.${page.mayAct === "oneself" ? "oneself" : "admins-only"}`)}</p>
          )}
          <div className="grid grid-cols-1 gap-9 lg:grid-cols-2">
            <div className="grid grid-cols-1 content-start gap-7">
              <Now {...shared} />
              <OtherActs {...shared} />
              <OnRecord {...shared} />
            </div>
            {/* Stays in sight while the rest is read. */}
            <div className="lg:sticky lg:top-4 lg:self-start">
              <Timeline {...shared} view={view} isFirst={after === null} />
            </div>
          </div>
        </div>
      </Card>
    </SupportFrame>
  );
}
