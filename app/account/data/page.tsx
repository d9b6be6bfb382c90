import type { Metadata } from "next";
import { AccountFrame } from "@/app/account/account-frame";
import { CloseForm } from "@/app/account/data/close-form";
import { DataNotice } from "@/app/account/data/data-notice";
import { ExportForm } from "@/app/account/data/export-form";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("closing"))("title") };
}

export default async function DataPage() {
  const session = await requireCustomer("/account/data");
  const t = await getTranslations("closing");
  const notice = await readNotice();
  const { email, closesAt, timeZone } = session.account;
  return (
    <AccountFrame session={session} current="data">
      <Card
        width="wide"
        title={t("title")}
        below={
          <p>
            <TextLink href="/help/close-account">{t("help")}</TextLink>
          </p>
        }
      >
        <DataNotice notice={notice} timeZone={timeZone} />
        <ExportForm email={email} notice={notice} />
        {closesAt === null ? <CloseForm email={email} notice={notice} /> : null}
      </Card>
    </AccountFrame>
  );
}

enterPage("/account/data", { Page: DataPage, generateMetadata });
