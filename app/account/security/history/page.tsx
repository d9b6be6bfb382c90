import type { Metadata } from "next";
import { SignInEntries } from "@/app/account/security/history/sign-in-entries";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { Button, ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { Select } from "@/components/select";
import { TextLink } from "@/components/text-link";
import { listSignIns, readSignInFilter, signInFilters } from "@/lib/history/list-sign-ins";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

const PATH = "/account/security/history";

type HistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("history"))("title") };
}

const oneOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const session = await requireCustomer(PATH);
  const t = await getTranslations("history");
  const query = await searchParams;
  const filter = readSignInFilter(oneOf(query.show));
  const { signIns, next } = await listSignIns(session, { filter, after: oneOf(query.after) });
  const options = signInFilters.map((value) => ({ value, label: t(`filter.${value}`) }));
  return (
    <SecurityFrame session={session} current="history">
      <Card
        width="wide"
        title={t("title")}
        lead={t("lead", { days: HISTORY_DAYS })}
        below={
          <p>
            <TextLink href="/account/activity">{t("activity")}</TextLink>
          </p>
        }
      >
        <form action={PATH} className="flex flex-wrap items-end gap-3">
          <Select name="show" label={t("filter.label")} options={options} defaultValue={filter} />
          <Button kind="inline">{t("filter.submit")}</Button>
        </form>
        <SignInEntries session={session} signIns={signIns} />
        {next === null ? null : (
          <ButtonLink kind="secondary" href={`${PATH}?show=${filter}&after=${next}`}>
            {t("next")}
          </ButtonLink>
        )}
        <p>
          <TextLink href={`${PATH}.csv?show=${filter}`} download>
            {t("csv")}
          </TextLink>{" "}
          <span className="text-quiet text-sm">{t("csvSeparator")}</span>
        </p>
      </Card>
    </SecurityFrame>
  );
}

enterPage("/account/security/history", { Page: HistoryPage, generateMetadata });
