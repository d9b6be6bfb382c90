import type { Metadata } from "next";
import { NotMeForm } from "@/app/(door)/not-me/not-me-form";
import { NotMeOver } from "@/app/(door)/not-me/not-me-over";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { readNotMePage } from "@/lib/not-me/not-me-page";

type NotMePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notMe"))("title") };
}

export default async function NotMePage({ searchParams }: NotMePageProps) {
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : null;
  const page = await readNotMePage(token);
  const notice = await readNotice();
  if (token === null || page.kind !== "live") return <NotMeOver page={page} notice={notice} />;
  return <NotMeForm token={token} page={page} notice={notice} />;
}
