import type { Metadata } from "next";
import { accountWords } from "@/app/account/account-words";
import { requireViewer } from "@/app/support/viewing-staff";
import { createBlockAction } from "@/app/templates/blocks/actions";
import { BlocksNotice, blockForm } from "@/app/templates/blocks/blocks-notice";
import { RemoveBlocks } from "@/app/templates/blocks/remove-blocks";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { TextsTable } from "@/app/templates/texts-table";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { listBlocks } from "@/lib/templates/blocks";
import { listRemovable } from "@/lib/templates/remove-block";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.blocks"))("title") };
}

export default async function BlocksPage() {
  const staff = await requireViewer("/templates/blocks", studioRoles);
  const t = await getTranslations("templates.blocks");
  const words = await accountWords(staff.session);
  const notice = await readNotice();
  const blocks = await listBlocks(staff);
  const form = await blockForm(notice);
  return (
    <TemplatesFrame role={staff.role} current="blocks">
      <Card width="full" title={t("title")} lead={t("lead")}>
        <BlocksNotice notice={notice} />
        {blocks.length === 0 ? (
          <p>{t("none")}</p>
        ) : (
          <TextsTable texts={blocks} words={words} caption={t("title")} />
        )}
        <RemoveBlocks blocks={await listRemovable(staff)} notice={notice} />
        <Section id="new" title={t("newTitle")}>
          <PostForm action={createBlockAction} className="grid max-w-[27rem] gap-5">
            <Field
              {...form.field("name")}
              label={t("name")}
              hint={t("nameHint")}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
              defaultValue={form.value("name") ?? ""}
            />
            <Button>{t("create")}</Button>
          </PostForm>
        </Section>
      </Card>
    </TemplatesFrame>
  );
}
