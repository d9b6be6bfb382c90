import { pageOfRequest } from "@/app/account/confirm/after-asking";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingWidening } from "@/lib/widening/pending-widening";

type WideningOverProps = { pending: PendingWidening | null; timeZone: string | null };

/** Explains a request that waits for no code any more, and where to ask again. */
export async function WideningOver({ pending, timeZone }: WideningOverProps) {
  const t = await getTranslations("widening");
  return (
    <Card title={t("title")}>
      <Why pending={pending} timeZone={timeZone} />
      <ButtonLink href={pageOfRequest(pending?.request)}>{t("back")}</ButtonLink>
    </Card>
  );
}

async function Why({ pending, timeZone }: WideningOverProps) {
  const t = await getTranslations("widening.over");
  const state = pending?.state;
  switch (state?.kind) {
    case "used":
      return <p>{t("used")}</p>;
    case "expired": {
      const tags = await momentTags(pending?.expiresAt ?? new Date(0), { timeZone });
      return (
        <Alert title={t.rich(pending?.asks === "factor" ? "expiredFactor" : "expired", tags)} />
      );
    }
    case "blocked": {
      const tags = await momentTags(state.until, { timeZone });
      return <Alert title={t.rich("blocked", { ...tags, reference: state.reference })} />;
    }
    case "block-over":
      return <Alert title={t("blockOver")} />;
    default:
      return <p>{t("nothing")}</p>;
  }
}
