import type { Metadata } from "next";
import { requireViewer } from "@/app/support/viewing-staff";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { textWords } from "@/app/templates/text-words";
import { ImportForm } from "@/app/templates/transfer/import-form";
import { TransferNotice } from "@/app/templates/transfer/transfer-notice";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Checkbox } from "@/components/checkbox";
import { Disclosure } from "@/components/disclosure";
import { Section } from "@/components/section";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { mailKinds } from "@/lib/mail/kinds";
import { frameKey } from "@/lib/mail-document/text-key";
import { listBlocks } from "@/lib/templates/blocks";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.transfer"))("title") };
}

export default async function TransferPage() {
  const staff = await requireViewer("/templates/transfer", studioRoles);
  const t = await getTranslations("templates.transfer");
  const notice = await readNotice();
  const blocks = await listBlocks(staff);
  return (
    <TemplatesFrame role={staff.role} current="transfer">
      <Card width="wide" title={t("title")} lead={t("lead")}>
        <TransferNotice notice={notice} />
        <Section id="export" title={t("exportTitle")}>
          <p>{t("exportLead")}</p>
          {/* The file is the answer: this page stays as it is. */}
          <form action="/templates/transfer/export" method="post" className="grid gap-3">
            <Disclosure summary={t("which")}>
              <fieldset className="grid gap-1">
                <legend className="text-quiet text-sm">{t("whichHint")}</legend>
                <ChoiceBoxes subjects={[frameKey.subject, ...mailKinds]} />
              </fieldset>
              {blocks.length === 0 ? null : (
                <fieldset className="grid gap-1">
                  <legend className="text-quiet text-sm">{t("whichBlocks")}</legend>
                  <ChoiceBoxes subjects={blocks.map(({ subject }) => subject)} />
                </fieldset>
              )}
            </Disclosure>
            <div>
              <Button kind="inline">{t("export")}</Button>
            </div>
          </form>
        </Section>
        <ImportForm notice={notice} />
      </Card>
    </TemplatesFrame>
  );
}

async function ChoiceBoxes({ subjects }: { subjects: readonly string[] }) {
  const names = await textWords();
  return subjects.map((subject) => (
    <Checkbox
      key={subject}
      id={`export-${subject.replace(":", "-")}`}
      name="kind"
      value={subject}
      defaultChecked={false}
      label={names.name({ subject })}
    />
  ));
}
