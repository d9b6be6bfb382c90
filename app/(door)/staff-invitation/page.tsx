import type { Metadata } from "next";
import { InvitationForm } from "@/app/(door)/staff-invitation/invitation-form";
import { InvitationOver } from "@/app/(door)/staff-invitation/invitation-over";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { readInvitationPage } from "@/lib/staff/invitation-page";

type InvitationPageProps = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.invitation"))("title") };
}

/** Opening the link changes nothing: the button on its page does. */
export default async function StaffInvitationPage({ searchParams }: InvitationPageProps) {
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : null;
  const page = await readInvitationPage(token);
  if (token === null || (page.kind !== "for-account" && page.kind !== "for-newcomer")) {
    return <InvitationOver page={token === null ? { kind: "dead" } : page} />;
  }
  return <InvitationForm token={token} page={page} notice={await readNotice()} />;
}
