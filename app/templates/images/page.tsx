import type { Metadata } from "next";
import { accountWords } from "@/app/account/account-words";
import { requireViewer } from "@/app/support/viewing-staff";
import { uploadImageAction } from "@/app/templates/images/actions";
import { ImagesNotice, imageForm } from "@/app/templates/images/images-notice";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { listImages } from "@/lib/templates/images/mail-images";
import { imageNumbers } from "@/lib/templates/text-numbers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.images"))("title") };
}

export default async function ImagesPage() {
  const staff = await requireViewer("/templates/images", studioRoles);
  const t = await getTranslations("templates.images");
  const words = await accountWords(staff.session);
  const notice = await readNotice();
  const form = await imageForm(notice);
  const images = await listImages(staff);
  return (
    <TemplatesFrame role={staff.role} current="images">
      <Card width="full" title={t("title")} lead={t("lead")}>
        <ImagesNotice notice={notice} />
        {images.length === 0 ? (
          <p>{t("none")}</p>
        ) : (
          <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {images.map(({ id, name, width, height, uploadedAt }) => (
              <li key={id} className="grid content-start gap-2 rounded-lg border border-line p-4">
                {/* biome-ignore lint/performance/noImgElement: it is shown as it was uploaded */}
                <img
                  src={`/mail-images/${id}`}
                  alt=""
                  width={width}
                  height={height}
                  loading="lazy"
                  className="h-32 w-full rounded bg-sunken object-contain"
                />
                <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
                <code className="font-mono text-sm [overflow-wrap:anywhere]">
                  {`![${t("alternative")}](image:${id})`}
                </code>
                <span className="text-quiet text-sm">
                  {t("facts", { width, height, date: words.when(uploadedAt) })}
                </span>
              </li>
            ))}
          </ul>
        )}
        <Section id="upload" title={t("uploadTitle")}>
          <PostForm action={uploadImageAction} className="grid max-w-[27rem] gap-5">
            <Field
              {...form.field("file")}
              label={t("file")}
              hint={t("fileHint", imageNumbers)}
              type="file"
              accept="image/png,image/jpeg"
              required
            />
            <Button>{t("upload")}</Button>
          </PostForm>
        </Section>
      </Card>
    </TemplatesFrame>
  );
}
