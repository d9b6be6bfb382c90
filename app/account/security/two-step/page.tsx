import type { Metadata } from "next";
import { PasswordChanged } from "@/app/account/password/password-changed";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { AppsSection } from "@/app/account/security/two-step/apps-section";
import { AskingSection } from "@/app/account/security/two-step/asking-section";
import { CodesSection } from "@/app/account/security/two-step/codes-section";
import { PasskeysSection } from "@/app/account/security/two-step/passkeys-section";
import { RequiredNotice } from "@/app/account/security/two-step/required-notice";
import { TwoStepNotice } from "@/app/account/security/two-step/two-step-notice";
import { twoStepOfPage } from "@/app/account/two-step-of-page";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("twoStep"))("title") };
}

export default async function TwoStepPage() {
  const session = await requireCustomer("/account/security/two-step");
  const t = await getTranslations("twoStep");
  const notice = await readNotice();
  const page = await twoStepOfPage();
  const codes = <CodesSection session={session} page={page} notice={notice} />;
  // What is missing comes first: without them, a lost phone locks its owner out.
  const isFirst = page.codes === null;
  return (
    <SecurityFrame session={session} current="twoStep">
      <Card
        width="wide"
        title={t("title")}
        lead={t("lead")}
        below={
          <p>
            <TextLink href="/help/two-step">{t("help")}</TextLink>
          </p>
        }
      >
        <RequiredNotice session={session} />
        <PasswordChanged />
        <TwoStepNotice notice={notice} timeZone={session.account.timeZone} />
        {page.hasFactor && isFirst ? codes : null}
        <AppsSection session={session} page={page} />
        <PasskeysSection session={session} notice={notice} hasFactor={page.hasFactor} />
        {page.hasFactor && isFirst ? null : codes}
        <AskingSection session={session} page={page} notice={notice} />
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security/two-step", { Page: TwoStepPage, generateMetadata });
