import type { Metadata } from "next";
import { LookUpForm } from "@/app/(door)/recover/status/look-up-form";
import { StatusCard } from "@/app/(door)/recover/status/status-card";
import { readStatusPage } from "@/lib/cases/request/status-page";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type StatusProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover"))("status.title") };
}

export default async function RecoverStatusPage({ searchParams }: StatusProps) {
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : null;
  const page = await readStatusPage(token);
  const notice = await readNotice();
  if (token === null || page === null) {
    return <LookUpForm isDead={given !== undefined} notice={notice} />;
  }
  return <StatusCard token={token} page={page} notice={notice} />;
}
