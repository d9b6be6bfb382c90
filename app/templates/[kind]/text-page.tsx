import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { BesideText } from "@/app/templates/[kind]/beside-text";
import { DiscardForm } from "@/app/templates/[kind]/discard-form";
import { LookedAtForm } from "@/app/templates/[kind]/looked-at-form";
import { Previews, personOf } from "@/app/templates/[kind]/previews";
import { PublishForm } from "@/app/templates/[kind]/publish-form";
import { TextForm } from "@/app/templates/[kind]/text-form";
import { noticeOfText } from "@/app/templates/[kind]/text-forms";
import { TextNav } from "@/app/templates/[kind]/text-nav";
import { TextNotice } from "@/app/templates/[kind]/text-notice";
import { TextState } from "@/app/templates/[kind]/text-state";
import { VariablesTable } from "@/app/templates/[kind]/variables-table";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { listPath } from "@/app/templates/text-address";
import { textWords } from "@/app/templates/text-words";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import type { StaffMember } from "@/lib/account/staff-member";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { judgeShown } from "@/lib/templates/judge-shown";
import { readText } from "@/lib/templates/read-text";

type TextPageProps = {
  staff: StaffMember;
  of: TextKey;
  view: "visual" | "plain";
  person: string | string[] | undefined;
};

/** A text with everything that is done to it, in one of its two editors. */
export async function TextPage({ staff, of: key, view, person }: TextPageProps) {
  const page = await readText(staff, key);
  if (page === null) notFound();
  const t = await getTranslations("templates.text");
  const words = await accountWords(staff.session);
  const names = await textWords();
  const notice = noticeOfText(await readNotice(), key);
  const judged = page.draft === null ? [] : await judgeShown(key, page.shown);
  return (
    <TemplatesFrame role={staff.role} current={listPath(key) === "/templates" ? "texts" : "blocks"}>
      <Card
        width="full"
        title={names.name(key)}
        lead={names.when(key)}
        below={
          <p>
            <TextLink href={listPath(key)}>{t("all")}</TextLink>
          </p>
        }
      >
        <TextNav of={key} view={view} />
        <TextNotice notice={notice} page={page} judged={judged} words={words} />
        <TextState page={page} words={words} />
        <LookedAtForm page={page} view={view} words={words} />
        <div className="grid grid-cols-1 gap-9 lg:grid-cols-[minmax(0,1fr)_24.5rem] lg:items-start lg:gap-8">
          <div className="grid grid-cols-1 gap-9">
            <PublishForm page={page} view={view} notice={notice} />
            <TextForm
              staff={staff}
              page={page}
              view={view}
              notice={notice}
              person={personOf(person)}
            />
            <BesideText page={page} />
            <VariablesTable of={key} />
            <DiscardForm page={page} view={view} />
          </div>
          <Previews of={key} page={page} person={personOf(person)} />
        </div>
      </Card>
    </TemplatesFrame>
  );
}
