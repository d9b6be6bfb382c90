import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { requireViewer } from "@/app/support/viewing-staff";
import { DiscardForm } from "@/app/templates/[kind]/discard-form";
import { Previews, personOf } from "@/app/templates/[kind]/previews";
import { PublishForm } from "@/app/templates/[kind]/publish-form";
import { noticeOfText } from "@/app/templates/[kind]/text-forms";
import { TextNotice } from "@/app/templates/[kind]/text-notice";
import { TextState } from "@/app/templates/[kind]/text-state";
import { FrameForm } from "@/app/templates/frame/frame-form";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { textPath } from "@/app/templates/text-address";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { frameKey } from "@/lib/mail-document/text-key";
import { listImages } from "@/lib/templates/images/mail-images";
import { judgeShown } from "@/lib/templates/judge-shown";
import { readText } from "@/lib/templates/read-text";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.frame"))("title") };
}

type FramePageProps = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function FramePage({ searchParams }: FramePageProps) {
  const staff = await requireViewer("/templates/frame", studioRoles);
  const page = await readText(staff, frameKey);
  if (page === null) notFound();
  const t = await getTranslations("templates.frame");
  const text = await getTranslations("templates.text");
  const words = await accountWords(staff.session);
  const notice = noticeOfText(await readNotice(), frameKey);
  const person = personOf((await searchParams).person);
  // Around every published mail it is judged when somebody asks to publish it.
  const wasRefused = notice?.kind === "form-refused" && notice.reason === "refused";
  const judged = wasRefused ? await judgeShown(frameKey, page.shown) : [];
  return (
    <TemplatesFrame role={staff.role} current="frame">
      <Card
        width="full"
        title={t("title")}
        lead={t("lead")}
        below={
          <p>
            <TextLink href={textPath(frameKey, "versions")}>{text("versions")}</TextLink>
          </p>
        }
      >
        <TextNotice notice={notice} page={page} judged={judged} words={words} />
        <TextState page={page} words={words} />
        <div className="grid grid-cols-1 gap-9 lg:grid-cols-[minmax(0,1fr)_24.5rem] lg:items-start lg:gap-8">
          <div className="grid grid-cols-1 gap-9">
            <PublishForm page={page} view="plain" notice={notice} />
            <FrameForm
              page={page}
              images={await listImages(staff)}
              notice={notice}
              person={person}
            />
          </div>
          <Previews of={frameKey} page={page} person={person} />
        </div>
        <DiscardForm page={page} view="plain" />
      </Card>
    </TemplatesFrame>
  );
}
