import type { Metadata } from "next";
import { ObjectForm } from "@/app/(door)/recover/object/object-form";
import { ObjectOver } from "@/app/(door)/recover/object/object-over";
import { readObjectionPage } from "@/lib/cases/change/objection-page";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type ObjectPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover"))("object.title") };
}

export default async function ObjectPage({ searchParams }: ObjectPageProps) {
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : null;
  const page = await readObjectionPage(token);
  const notice = await readNotice();
  if (token !== null && (page.kind === "live" || page.kind === "reviewed")) {
    return <ObjectForm token={token} page={page} notice={notice} />;
  }
  return <ObjectOver page={page} notice={notice} />;
}
