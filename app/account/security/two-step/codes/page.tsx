import type { Metadata } from "next";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { ShownCodes } from "@/app/account/security/two-step/codes/shown-codes";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";
import { takeShownCodes } from "@/lib/two-step/codes-cookie";
import { areLiveCodes } from "@/lib/two-step/make-recovery-codes";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("twoStep.shown"))("title") };
}

export default async function CodesPage() {
  const session = await requireCustomer("/account/security/two-step/codes");
  const t = await getTranslations("twoStep.shown");
  const codes = takeShownCodes(session.id);
  const isShown = codes !== null && (await areLiveCodes(session, codes));
  return (
    <SecurityFrame session={session} current="twoStep">
      {isShown ? (
        <Card width="wide" title={t("title")} lead={t("lead")}>
          <ShownCodes session={session} codes={codes} />
        </Card>
      ) : (
        <Card width="wide" title={t("title")} lead={t("gone")}>
          <ButtonLink href="/account/security/two-step#codes">{t("back")}</ButtonLink>
        </Card>
      )}
    </SecurityFrame>
  );
}

enterPage("/account/security/two-step/codes", { Page: CodesPage, generateMetadata });
