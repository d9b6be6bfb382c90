import type { Metadata } from "next";
import { Invitations } from "@/app/support/staff/invitations";
import { InviteForm } from "@/app/support/staff/invite-form";
import { Members } from "@/app/support/staff/members";
import { StaffNotice } from "@/app/support/staff/staff-notice";
import { SupportFrame } from "@/app/support/support-frame";
import { Card } from "@/components/card";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireStaff } from "@/lib/next-auth/session";
import { readStaffPage } from "@/lib/staff/list-staff";
import { staffNumbers } from "@/lib/staff/rules/limits";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff"))("title") };
}

export default async function StaffPage() {
  const { session, role } = await requireStaff("/support/staff", ["admin"]);
  const t = await getTranslations("staff");
  const notice = await readNotice();
  const page = await readStaffPage(session);
  return (
    <SupportFrame role={role} current="staff">
      <Card width="full" title={t("title")} lead={t("lead", { hours: staffNumbers.sessionHours })}>
        <StaffNotice notice={notice} />
        <Members session={session} page={page} notice={notice} />
        <Invitations invitations={page.invitations} timeZone={session.account.timeZone} />
        <InviteForm notice={notice} />
      </Card>
    </SupportFrame>
  );
}
