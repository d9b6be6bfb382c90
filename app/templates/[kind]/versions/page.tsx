import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { noticeOfText } from "@/app/templates/[kind]/text-forms";
import { TextNav } from "@/app/templates/[kind]/text-nav";
import { unpublishedWord } from "@/app/templates/[kind]/text-state";
import { BuiltInForm } from "@/app/templates/[kind]/versions/built-in-form";
import { Compared, CompareForm, readComparison } from "@/app/templates/[kind]/versions/compared";
import { VersionList } from "@/app/templates/[kind]/versions/version-list";
import { VersionsNotice } from "@/app/templates/[kind]/versions/versions-notice";
import { openText } from "@/app/templates/open-text";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { listPath, type TextAddress, textPath } from "@/app/templates/text-address";
import { textWords } from "@/app/templates/text-words";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { listVersions, readVersionNumber } from "@/lib/templates/list-versions";
import { readText } from "@/lib/templates/read-text";

export async function generateMetadata(address: TextAddress): Promise<Metadata> {
  const { key } = await openText(address, "versions");
  const t = await getTranslations("templates.versions");
  return { title: t("titleOf", { name: (await textWords()).name(key) }) };
}

export default async function VersionsPage(address: TextAddress) {
  const { staff, key } = await openText(address, "versions");
  const page = await readText(staff, key);
  if (page === null) notFound();
  const query = await address.searchParams;
  const before = readVersionNumber(query.before);
  const listed = await listVersions(staff, key, before);
  const t = await getTranslations("templates.versions");
  const ofText = await getTranslations("templates.text");
  const words = await accountWords(staff.session);
  const names = await textWords();
  const last = listed.versions.at(-1);
  return (
    <TemplatesFrame role={staff.role} current={listPath(key) === "/templates" ? "texts" : "blocks"}>
      <Card
        width="full"
        title={t("titleOf", { name: names.name(key) })}
        lead={t("lead")}
        below={
          <p>
            <TextLink href={textPath(key, "visual")}>{t("back")}</TextLink>
          </p>
        }
      >
        <TextNav of={key} view="versions" />
        <VersionsNotice notice={noticeOfText(await readNotice(), key)} of={key} />
        <Compared staff={staff} of={key} comparison={readComparison(query)} listed={listed} />
        {listed.versions.length === 0 ? (
          <p>{ofText(unpublishedWord(key.subject))}</p>
        ) : (
          <>
            <VersionList of={key} listed={listed} words={words} newest={listed.newest} />
            <BuiltInForm of={key} isLive={listed.isBuiltInLive} newest={listed.newest} />
          </>
        )}
        <CompareForm of={key} listed={listed} hasDraft={page.draft !== null} />
        {listed.hasOlder && last !== undefined ? (
          <div>
            <ButtonLink kind="inline" href={`${textPath(key, "versions")}&before=${last.number}`}>
              {t("older")}
            </ButtonLink>
          </div>
        ) : null}
      </Card>
    </TemplatesFrame>
  );
}
