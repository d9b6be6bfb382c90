import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SecurityFrame } from "@/app/account/security/security-frame";
import { RemoveForm } from "@/app/account/security/two-step/remove/remove-form";
import { RemoveNotice } from "@/app/account/security/two-step/remove/remove-notice";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { requireCustomer } from "@/lib/next-auth/session";
import { usablePasskeys } from "@/lib/passkeys/usable-passkeys";
import { readRemoval } from "@/lib/two-step/remove-factor";

type RemovePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const leads = {
  "answer-of-another": "another",
  "answer-of-any": "any",
  "password-alone": "alone",
  "last-required": "lastRequired",
} as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("twoStep.remove"))("page") };
}

export default async function RemovePage({ searchParams }: RemovePageProps) {
  const session = await requireCustomer("/account/security/two-step");
  const { what, id } = await searchParams;
  if ((what !== "app" && what !== "passkey") || typeof id !== "string") return notFound();
  const found = await readRemoval(session, { what, id });
  if (found === null) return notFound();
  const t = await getTranslations("twoStep.remove");
  const notice = await readNotice();
  const { email, timeZone } = session.account;
  const { kind } = found.verdict;
  return (
    <SecurityFrame session={session} current="twoStep">
      <Card
        width="wide"
        title={t("title", { name: found.name })}
        lead={t(leads[kind])}
        below={
          <p>
            <TextLink href="/account/security/two-step">{t("keep")}</TextLink>
          </p>
        }
      >
        <RemoveNotice notice={notice} timeZone={timeZone} />
        {kind === "last-required" ? null : (
          <RemoveForm
            asked={{ what, id }}
            email={email}
            asksAnswer={kind !== "password-alone"}
            hasPasskeys={
              await hasPasskeys(session.accountId, kind === "answer-of-another" ? id : null)
            }
            notice={notice}
          />
        )}
      </Card>
    </SecurityFrame>
  );
}

/** Whether a passkey may answer: any, but for the one that is being removed where another is asked for. */
const hasPasskeys = async (accountId: string, except: string | null): Promise<boolean> =>
  (await usablePasskeys(accountId)).some((id) => id !== except);
