import type { Metadata } from "next";
import { DraftCard } from "@/app/(door)/recover/draft-card";
import { SentCard } from "@/app/(door)/recover/sent-card";
import { StartForm } from "@/app/(door)/recover/start-form";
import { readDraftCookie } from "@/lib/cases/request/draft-cookie";
import { readDraftPage, typedLost } from "@/lib/cases/request/draft-page";
import { type Applicant, findApplicant } from "@/lib/cases/request/find-applicant";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { currentSession } from "@/lib/next-auth/session-cookie";

type RecoverPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover"))("title") };
}

export default async function RecoverPage({ searchParams }: RecoverPageProps) {
  const page = await readDraftPage(await readDraftCookie());
  const notice = await readNotice();
  if (page.kind === "draft") return <DraftCard draft={page.draft} notice={notice} />;
  const { for: wanted, lost } = await searchParams;
  if (page.kind === "sent" && wanted !== "new") return <SentCard token={page.token} />;
  const forOther = wanted === "other";
  const nobody: Applicant = { proof: "nothing" };
  const applicant = forOther
    ? nobody
    : await findApplicant(await currentSession(), await readPendingCookie());
  return (
    <StartForm
      applicant={applicant}
      lost={typedLost(typeof lost === "string" ? lost : null)}
      forOther={forOther}
      lapsedAt={page.kind === "lapsed" ? page.at : null}
      notice={notice}
    />
  );
}
