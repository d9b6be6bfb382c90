import { Alert } from "@/components/alert";
import { TextLink } from "@/components/text-link";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { mailWatch } from "@/lib/mail/fate/mail-watch";

/** Says on each of the staff's pages that mail is in an outage, or that the canary could not sign in. */
export async function StaffMailAlarm({ seesFigures }: { seesFigures: boolean }) {
  const { outage, canaryFailedAt } = await mailWatch();
  if (outage === null && canaryFailedAt === null) return null;
  const t = await getTranslations("outage.staff");
  const link = seesFigures ? (
    <p>
      <TextLink href="/support/figures#mail">{t("figures")}</TextLink>
    </p>
  ) : null;
  return (
    <>
      {outage === null ? null : (
        <Alert title={t.rich(outage.because, await momentTags(outage.beganAt))} answers={false}>
          <p>{t("what")}</p>
          {link}
        </Alert>
      )}
      {canaryFailedAt === null ? null : (
        <Alert title={t.rich("canary", await momentTags(canaryFailedAt))} answers={false}>
          <p>{t("canaryWhat")}</p>
          {link}
        </Alert>
      )}
    </>
  );
}
