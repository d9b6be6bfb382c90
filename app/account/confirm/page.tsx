import type { Metadata } from "next";
import { ConfirmForm } from "@/app/account/confirm/confirm-form";
import { WideningOver } from "@/app/account/confirm/widening-over";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";
import { readPendingWidening } from "@/lib/widening/pending-widening";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("widening"))("title") };
}

export default async function ConfirmPage() {
  const session = await requireCustomer("/account/confirm");
  const pending = await readPendingWidening(session);
  const { timeZone } = session.account;
  if (pending?.state.kind !== "open") {
    return <WideningOver pending={pending} timeZone={timeZone} />;
  }
  return <ConfirmForm pending={pending} notice={await readNotice()} timeZone={timeZone} />;
}

enterPage("/account/confirm", { Page: ConfirmPage, generateMetadata });
