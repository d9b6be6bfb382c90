import type { Metadata } from "next";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { checkUpAction } from "@/app/account/security/two-step/check-up/actions";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import { CHECK_UP_PATH, localPath } from "@/lib/cookies/local-path";
import { readNotice } from "@/lib/forms/notice";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { readCheckUp } from "@/lib/two-step/check-up";
import { factorNumbers } from "@/lib/two-step/rules/limits";

type CheckUpPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("twoStep.checkUp"))("title") };
}

/** Asks now and then whether the factors still work; whatever is answered, it goes on. */
export default async function CheckUpPage({ searchParams }: CheckUpPageProps) {
  const session = await requireCustomer(CHECK_UP_PATH);
  const { callbackUrl } = await searchParams;
  const t = await getTranslations("twoStep.checkUp");
  const notice = await readNotice();
  const { apps, passkeys, recoveryCodesLeft } = await readCheckUp(session);
  const list = new Intl.ListFormat(await getLocale());
  const named = (names: string[]) => (names.length === 0 ? t("none") : list.format(names));
  return (
    <SecurityFrame session={session} current="twoStep">
      <Card width="wide" title={t("title")} lead={t("lead")}>
        {notice?.kind === "unavailable" ? (
          <Alert title={(await getTranslations("login.errors"))("unavailable")} />
        ) : null}
        <Facts
          facts={[
            { label: t("apps"), value: named(apps) },
            { label: t("passkeys"), value: named(passkeys) },
            { label: t("codes"), value: t("left", { left: recoveryCodesLeft }) },
          ]}
        />
        <PostForm action={checkUpAction} className="grid gap-3">
          <input type="hidden" name="callbackUrl" value={localPath(callbackUrl)} />
          <Button name="pressed" value="yes">
            {t("yes")}
          </Button>
          <Button kind="secondary" name="pressed" value="later">
            {t("later")}
          </Button>
        </PostForm>
        <p>
          <TextLink href="/account/security/two-step">{t("change")}</TextLink>
        </p>
        <p className="text-quiet text-sm">{t("again", factorNumbers)}</p>
      </Card>
    </SecurityFrame>
  );
}
