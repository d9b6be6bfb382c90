import type { Metadata } from "next";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { AppsSection } from "@/app/account/security/two-step/apps-section";
import { AskingSection } from "@/app/account/security/two-step/asking-section";
import { CodesSection } from "@/app/account/security/two-step/codes-section";
import { RequiredNotice } from "@/app/account/security/two-step/required-notice";
import { TwoStepNotice } from "@/app/account/security/two-step/two-step-notice";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";
import { readTwoStep } from "@/lib/two-step/two-step-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("twoStep"))("title") };
}

export default async function TwoStepPage() {
  const session = await requireCustomer("/account/security/two-step");
  const t = await getTranslations("twoStep");
  const notice = await readNotice();
  const page = await readTwoStep(session);
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
        <TwoStepNotice notice={notice} timeZone={session.account.timeZone} />
        <AppsSection session={session} page={page} />
        {page.hasFactor ? <CodesSection session={session} page={page} notice={notice} /> : null}
        {page.hasFactor ? <AskingSection session={session} page={page} notice={notice} /> : null}
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security/two-step", { Page: TwoStepPage, generateMetadata });
