import type { Metadata } from "next";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { addAppAction } from "@/app/account/security/two-step/actions";
import { AppForm } from "@/app/account/security/two-step/app/app-form";
import { AppKey } from "@/app/account/security/two-step/app/app-key";
import { AppNotice } from "@/app/account/security/two-step/app/app-notice";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";
import { readAddingApp } from "@/lib/two-step/add-app";
import { factorNumbers } from "@/lib/two-step/rules/limits";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("twoStep.add"))("title") };
}

export default async function AddAppPage() {
  const session = await requireCustomer("/account/security/two-step/app");
  const t = await getTranslations("twoStep");
  const notice = await readNotice();
  const app = await readAddingApp(session);
  const { email, timeZone } = session.account;
  return (
    <SecurityFrame session={session} current="twoStep">
      <Card
        width="wide"
        title={t("add.title")}
        below={
          <p>
            <TextLink href="/account/security/two-step">
              {t(app === null ? "shown.back" : "add.back")}
            </TextLink>
          </p>
        }
      >
        <AppNotice notice={notice} timeZone={timeZone} />
        {app === null ? (
          <>
            <p>{t("add.over", factorNumbers)}</p>
            <PostForm action={addAppAction} at="/account/security/two-step">
              <Button>{t("apps.add")}</Button>
            </PostForm>
          </>
        ) : (
          <>
            <AppKey app={app} timeZone={timeZone} />
            <AppForm email={email} notice={notice} />
          </>
        )}
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security/two-step/app", { Page: AddAppPage, generateMetadata });
