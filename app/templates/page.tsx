import type { Metadata } from "next";
import { accountWords } from "@/app/account/account-words";
import { requireViewer } from "@/app/support/viewing-staff";
import { StudioAlarms } from "@/app/templates/studio-alarms";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { TextsTable } from "@/app/templates/texts-table";
import { Card } from "@/components/card";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";
import { listTexts } from "@/lib/templates/list-texts";
import { groupOf, textGroups } from "@/lib/templates/text-groups";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.list"))("title") };
}

export default async function TemplatesPage() {
  const staff = await requireViewer("/templates", studioRoles);
  const t = await getTranslations("templates.list");
  const words = await accountWords(staff.session);
  const { mails } = await listTexts(staff);
  return (
    <TemplatesFrame role={staff.role} current="texts">
      <Card width="full" title={t("title")} lead={t("lead")}>
        <StudioAlarms words={words} />
        {textGroups.map((group) => (
          <Section key={group} id={group} title={t(`groups.${group}`)}>
            <TextsTable
              texts={mails.filter(({ subject }) => groupOf(subject) === group)}
              words={words}
              caption={t(`groups.${group}`)}
            />
          </Section>
        ))}
      </Card>
    </TemplatesFrame>
  );
}
