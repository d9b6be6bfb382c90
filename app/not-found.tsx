import type { Metadata } from "next";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { getTranslations } from "@/lib/i18n/translations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errors"))("notFound.title") };
}

export default async function NotFound() {
  const t = await getTranslations("errors.notFound");
  return (
    <Card title={t("title")} lead={t("what")}>
      <ButtonLink href="/">{t("next")}</ButtonLink>
    </Card>
  );
}
