import type { Metadata } from "next";
import { SettingsForm } from "@/app/support/settings/settings-form";
import { SettingsNotice } from "@/app/support/settings/settings-notice";
import { SupportFrame } from "@/app/support/support-frame";
import { Card } from "@/components/card";
import { readApprovalsNeeded } from "@/lib/cases/review/settings";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireStaff } from "@/lib/next-auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supportCases.settings"))("title") };
}

export default async function SettingsPage() {
  const { role } = await requireStaff("/support/settings", ["admin"]);
  const t = await getTranslations("supportCases.settings");
  const notice = await readNotice();
  return (
    <SupportFrame role={role} current="settings">
      <Card title={t("title")} lead={t("lead")}>
        <SettingsNotice notice={notice} />
        <SettingsForm approvals={await readApprovalsNeeded()} />
      </Card>
    </SupportFrame>
  );
}
