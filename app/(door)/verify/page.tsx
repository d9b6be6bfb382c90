import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PendingOver } from "@/app/(door)/verify/pending-over";
import { VerifyForm } from "@/app/(door)/verify/verify-form";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { readNotice } from "@/lib/forms/notice";
import { readPendingPage } from "@/lib/sign-in/pending-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("verify");
  const pending = await pendingPage();
  return { title: t(pending?.purpose === "sign-up" ? "signUpTitle" : "signInTitle") };
}

const pendingPage = cache(async () => readPendingPage(await readPendingCookie()));

export default async function VerifyPage() {
  const pending = await pendingPage();
  if (pending === null) redirect("/login");
  if (pending.state.kind !== "open") return <PendingOver pending={pending} state={pending.state} />;
  return <VerifyForm pending={pending} notice={await readNotice()} />;
}
