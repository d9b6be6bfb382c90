import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";
import { LetInForm } from "@/app/account/let-in/let-in-form";
import { letInForm } from "@/app/account/let-in/let-in-forms";
import { LetInNotice } from "@/app/account/let-in/let-in-notice";
import { WaitingSignIns } from "@/app/account/let-in/waiting-sign-ins";
import { Alert } from "@/components/alert";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { clientNow } from "@/lib/client/client-ip";
import { type Notice, readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { readLetInPage } from "@/lib/let-in/let-in-page";
import { requireCustomer } from "@/lib/next-auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("letIn"))("title") };
}

// A form that was sent from a page of before, where it may not be any more.
const isRefused = (notice: Notice | null) =>
  notice?.kind === "form-refused" && notice.form === "let-in" && notice.reason === "mayNot";

export default async function LetInPage() {
  const session = await requireCustomer("/account/let-in");
  const { account } = session;
  const t = await getTranslations("letIn");
  const notice = await readNotice();
  const { errors } = await letInForm(notice);
  const { may, waiting } = await readLetInPage(session, clientNow());
  const password = (words: ReactNode) => <TextLink href="/account/password">{words}</TextLink>;
  return (
    <AccountFrame session={session} current="security">
      <Card width="wide" title={t("title")}>
        <LetInNotice notice={notice} timeZone={account.timeZone} />
        {may === "allowed" ? (
          <p>{t("lead")}</p>
        ) : isRefused(notice) ? (
          <Alert title={t(`may.${may}`)} />
        ) : (
          <p>{t(`may.${may}`)}</p>
        )}
        {waiting.length === 0 ? null : <WaitingSignIns session={session} waiting={waiting} />}
        {waiting.length === 0 && errors.length === 0 ? null : (
          <>
            <LetInForm email={account.email} notice={notice} />
            <p>{t.rich("notYou", { password })}</p>
          </>
        )}
        {may === "allowed" && waiting.length === 0 ? (
          <div>
            <p className="font-semibold">{t("none.title")}</p>
            <p className="text-quiet">{t("none.next")}</p>
          </div>
        ) : null}
      </Card>
    </AccountFrame>
  );
}
