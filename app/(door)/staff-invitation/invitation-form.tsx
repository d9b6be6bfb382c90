import { acceptInvitationAction } from "@/app/(door)/staff-invitation/actions";
import { JoinForm } from "@/app/(door)/staff-invitation/join-form";
import { joinForm } from "@/app/(door)/staff-invitation/join-words";
import { roleWords } from "@/app/support/staff/role-words";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ErrorSummary } from "@/components/error-summary";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { InvitationPage } from "@/lib/staff/invitation-page";
import { staffNumbers } from "@/lib/staff/rules/limits";

type InvitationFormProps = {
  token: string;
  page: Extract<InvitationPage, { kind: "for-account" | "for-newcomer" }>;
  notice: Notice | null;
};

/** Says what accepting does, and asks for it; whoever has no account gives name and password. */
export async function InvitationForm({ token, page, notice }: InvitationFormProps) {
  const t = await getTranslations("staff.invitation");
  const { kind, email, role, until, timeZone } = page;
  const isNew = kind === "for-newcomer";
  return (
    <Card title={t("title")}>
      <InvitationNotice notice={notice} />
      <Facts
        facts={[
          { label: t("email"), value: email },
          { label: t("role"), value: (await roleWords())(role) },
          {
            label: t("until"),
            value: <Moment at={until}>{await momentText(until, { timeZone })}</Moment>,
          },
        ]}
      />
      <p>{t(isNew ? "newcomer" : "account")}</p>
      <p className="text-quiet">{t("then", { hours: staffNumbers.sessionHours })}</p>
      {isNew ? (
        <JoinForm token={token} email={email} notice={notice} />
      ) : (
        <PostForm action={acceptInvitationAction}>
          <input type="hidden" name="token" value={token} />
          <Button>{t("submit")}</Button>
        </PostForm>
      )}
      <p className="text-quiet text-sm">{t("notYou")}</p>
    </Card>
  );
}

/** What the last press on the button led to. */
async function InvitationNotice({ notice }: { notice: Notice | null }) {
  if (notice?.kind === "unavailable") {
    return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
  }
  const form = await joinForm(notice);
  if (form.isRefused && form.errors.length === 0) {
    return <Alert title={(await getTranslations("staff.invitation"))("outdated")} />;
  }
  const title = (await getTranslations("common"))("problem");
  return <ErrorSummary title={title} errors={form.errors} />;
}
