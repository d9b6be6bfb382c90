import type { Metadata } from "next";
import { ConfirmAddressForm } from "@/app/(door)/confirm-address/confirm-address-form";
import { ConfirmOver } from "@/app/(door)/confirm-address/confirm-over";
import { readConfirmable } from "@/lib/contact/confirm";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type ConfirmAddressPageProps = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("confirmAddress"))("title") };
}

export default async function ConfirmAddressPage({ searchParams }: ConfirmAddressPageProps) {
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : null;
  const confirmable = await readConfirmable(token);
  if (token === null || confirmable?.state.kind !== "open") {
    return <ConfirmOver confirmable={confirmable} />;
  }
  return <ConfirmAddressForm token={token} confirmable={confirmable} notice={await readNotice()} />;
}
