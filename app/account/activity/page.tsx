import type { Metadata } from "next";
import { AccountFrame } from "@/app/account/account-frame";
import { accountWords } from "@/app/account/account-words";
import { aboutLines } from "@/app/account/activity/about-lines";
import { endLines } from "@/app/account/end-lines";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { Entries, Entry } from "@/components/entry";
import { Moment } from "@/components/moment";
import { TextLink } from "@/components/text-link";
import { listActivities } from "@/lib/history/list-activities";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { enterPage } from "@/lib/server/straight/registry";

const PATH = "/account/activity";

type ActivityPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activity"))("title") };
}

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const session = await requireCustomer(PATH);
  const t = await getTranslations("activity");
  const words = await accountWords(session);
  const { after } = await searchParams;
  const page = await listActivities(session, typeof after === "string" ? after : null);
  const lines = await Promise.all(page.activities.map((one) => aboutLines(one)));
  const ends = await Promise.all(
    page.activities.map(({ ended }) => endLines("browser", ended, words.when)),
  );
  return (
    <AccountFrame session={session} current="activity">
      <Card
        width="wide"
        title={t("title")}
        lead={t("lead")}
        below={
          <p>
            <TextLink href="/help/broken-into">{t("notMe")}</TextLink>
          </p>
        }
      >
        {page.activities.length === 0 ? <p>{t("none")}</p> : null}
        {page.activities.length === 0 ? null : (
          <Entries>
            {page.activities.map((one, index) => (
              <Entry
                key={one.id}
                id={`activity-${one.id}`}
                title={t(`kind.${one.kind}`)}
                lines={[
                  ...(lines[index] ?? []),
                  <Moment key="at" at={one.at}>
                    {words.when(one.at)}
                  </Moment>,
                  `${words.from(one)}, ${words.device(one)}`,
                  ...(ends[index] ?? []),
                ]}
              />
            ))}
          </Entries>
        )}
        {page.next === null ? null : (
          <ButtonLink kind="secondary" href={`${PATH}?after=${page.next}`}>
            {t("next")}
          </ButtonLink>
        )}
      </Card>
    </AccountFrame>
  );
}

enterPage("/account/activity", { Page: ActivityPage, generateMetadata });
