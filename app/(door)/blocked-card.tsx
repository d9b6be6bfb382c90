import { getTranslations } from "next-intl/server";
import { BlockCard } from "@/components/block-card";
import { env } from "@/lib/env";
import { momentTags } from "@/lib/i18n/moment-tags";

type BlockedCardProps = {
  maskedEmail: string;
  ip: string | null;
  until: Date;
  reference: string;
  timeZone?: string | null;
};

/** The block of one account from one IP: what, until when, why, what helps, what to tell support. */
export async function BlockedCard({
  maskedEmail,
  ip,
  until,
  reference,
  timeZone,
}: BlockedCardProps) {
  const t = await getTranslations("login.blocked");
  const common = await getTranslations("common");
  const tags = await momentTags(until, { timeZone });
  const place = { maskedEmail, ip: ip ?? common("networkUnknown") };
  return (
    <BlockCard
      title={t.rich("title", tags)}
      reason={
        <>
          <p>{t.rich("what", { ...tags, ...place })}</p>
          <p>{t("why", { attempts: env().codeMaxAttempts })}</p>
        </>
      }
      next={{
        title: t("next"),
        steps: [t.rich("wait", tags), t("trustedPlace"), t("newPassword")],
      }}
      support={t.rich("support", { ...tags, reference })}
    />
  );
}
