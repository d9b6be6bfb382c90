import { Contacts } from "@/app/contacts";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { InvitationPage } from "@/lib/staff/invitation-page";
import { staffNumbers } from "@/lib/staff/rules/limits";

/** Why there is nothing to accept, and what to do now. */
export async function InvitationOver({ page }: { page: InvitationPage }) {
  const { kind } = page;
  const t = await getTranslations("staff.invitation.over");
  const key = kind === "for-account" || kind === "for-newcomer" ? "dead" : kind;
  const hours = staffNumbers.invitationHours;
  const title =
    page.kind === "expired"
      ? t.rich("expired", { ...(await momentTags(page.until)), hours })
      : t(key);
  const leadsToSignIn = key === "accepted" || key === "already-staff";
  return (
    <Card title={t("title")} below={<Contacts />}>
      <Alert title={title} />
      {leadsToSignIn ? <ButtonLink href="/login">{t("signIn")}</ButtonLink> : null}
    </Card>
  );
}
