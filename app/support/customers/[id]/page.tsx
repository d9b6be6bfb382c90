import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { accountWords } from "@/app/account/account-words";
import { standsStill } from "@/app/forms/refused-form";
import { noticeFor } from "@/app/support/customers/[id]/act-answers";
import { Addresses } from "@/app/support/customers/[id]/addresses";
import { Blocks } from "@/app/support/customers/[id]/blocks";
import { Cases } from "@/app/support/customers/[id]/cases";
import { CustomerNotice } from "@/app/support/customers/[id]/customer-notice";
import { HotlinePass } from "@/app/support/customers/[id]/hotline-pass";
import { Mails } from "@/app/support/customers/[id]/mails";
import { PasswordActs } from "@/app/support/customers/[id]/password-acts";
import { Pending } from "@/app/support/customers/[id]/pending";
import { Person } from "@/app/support/customers/[id]/person";
import { Places } from "@/app/support/customers/[id]/places";
import { Sessions } from "@/app/support/customers/[id]/sessions";
import { Timeline } from "@/app/support/customers/[id]/timeline";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { Card } from "@/components/card";
import { LiveRefresh } from "@/components/live-refresh";
import { TextLink } from "@/components/text-link";
import { supportRoles } from "@/lib/account/roles";
import { readNotice } from "@/lib/forms/notice";
import { readCustomerPage } from "@/lib/support/customer-page";
import { supportNumbers } from "@/lib/support/rules/limits";

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
  const { after } = await searchParams;
  const page = await readCustomerPage(staff, id, typeof after === "string" ? after : null);
  if (page === null) return notFound();
  const { session, role } = staff;
  const t = await getTranslations("support.customer");
  const acts = await getTranslations("support.acts");
  const words = await accountWords(session);
  const notice = noticeFor(await readNotice(), page.id);
  const { timeZone } = session.account;
  const shared = { page, words, notice, timeZone };
  return (
    <SupportFrame role={role} current="customers">
      {standsStill(notice) ? null : <LiveRefresh everySeconds={supportNumbers.refreshSeconds} />}
      <Card
        width="full"
        title={page.name}
        below={
          <p>
            <TextLink href="/support">{t("back")}</TextLink>
          </p>
        }
      >
        <CustomerNotice notice={notice} timeZone={timeZone} />
        {page.mayAct === "allowed" ? null : (
          <p>{acts(`mayNot.${page.mayAct === "oneself" ? "oneself" : "admins-only"}`)}</p>
        )}
        <div className="grid grid-cols-1 gap-9 lg:grid-cols-2">
          <Person {...shared} />
          <Addresses {...shared} />
        </div>
        <Blocks {...shared} />
        <Pending {...shared} />
        <HotlinePass {...shared} />
        <PasswordActs {...shared} />
        <Places {...shared} />
        <Sessions {...shared} />
        <Cases {...shared} />
        <Mails {...shared} />
        <Timeline {...shared} isFirst={typeof after !== "string"} />
      </Card>
    </SupportFrame>
  );
}
