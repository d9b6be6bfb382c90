import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FactorForm } from "@/app/(door)/verify/factor-form";
import { pendingOfPage } from "@/app/(door)/verify/pending-of-page";
import { PendingOver } from "@/app/(door)/verify/pending-over";
import { VerifyForm } from "@/app/(door)/verify/verify-form";
import { readTrustChoice } from "@/lib/challenge/trust-choice";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("verify");
  const pending = await pendingOfPage();
  if (pending?.asks === "factor") return { title: t("factor.title") };
  return { title: t(pending?.purpose === "sign-up" ? "signUpTitle" : "signInTitle") };
}

export default async function VerifyPage() {
  const pending = await pendingOfPage();
  if (pending === null) redirect("/login");
  if (pending.state.kind !== "open") return <PendingOver pending={pending} state={pending.state} />;
  const trusts = await readTrustChoice(pending.id);
  const Form = pending.asks === "factor" ? FactorForm : VerifyForm;
  return <Form pending={pending} notice={await readNotice()} trusts={trusts} />;
}

enterPage("/verify", { Page: VerifyPage, generateMetadata });
