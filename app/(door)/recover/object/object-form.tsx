import { objectAction } from "@/app/(door)/recover/object/actions";
import { RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { Contacts } from "@/app/contacts";
import { Bullets } from "@/components/bullets";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import { Reference } from "@/components/reference";
import { Section } from "@/components/section";
import type { OpenObjection } from "@/lib/cases/change/objection-page";
import { ipText } from "@/lib/client/ip-text";
import type { Notice } from "@/lib/forms/notice";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { zoneOfPage } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type ObjectFormProps = { token: string; page: OpenObjection; notice: Notice | null };

/** Says what an objection is about and what it does, before anything is done. */
export async function ObjectForm({ token, page, notice }: ObjectFormProps) {
  const t = await getTranslations("recover.object");
  const ofFactors = page.lost === "second-factor";
  return (
    <Card
      title={t(ofFactors ? "factorsTitle" : "title")}
      lead={t(ofFactors ? "factorsLead" : "lead")}
      below={<Contacts />}
    >
      <RecoverNotice notice={notice} forms={[]} done={[]} timeZone={page.timeZone} />
      <About page={page} />
      <Section title={t("will.title")}>
        <Bullets
          items={
            page.kind === "live"
              ? [t("will.stop"), t("will.review"), t("will.told")]
              : [t("will.noted"), t("will.agreed"), t("will.contact")]
          }
        />
      </Section>
      <PostForm action={objectAction}>
        <input type="hidden" name="token" value={token} />
        <Button>{t("submit")}</Button>
      </PostForm>
      <p className="text-quiet text-sm">{t("itWasMe")}</p>
    </Card>
  );
}

async function About({ page }: { page: OpenObjection }) {
  const t = await getTranslations("recover.object");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const { reference, maskedEmail, maskedNewEmail, sentAt, ip, countryCode, coolsUntil } = page;
  const timeZone = await zoneOfPage(page.timeZone);
  const when = (at: Date) => <Moment at={at}>{dayAndClockText(at, { locale, timeZone })}</Moment>;
  const country = countryName(countryCode, locale);
  return (
    <Facts
      facts={[
        { label: t("reference"), value: <Reference>{reference}</Reference> },
        { label: t("account"), value: maskedEmail },
        ...(maskedNewEmail === null ? [] : [{ label: t("newEmail"), value: maskedNewEmail }]),
        ...(sentAt === null ? [] : [{ label: t("sentAt"), value: when(sentAt) }]),
        { label: t("from"), value: ipText(ip, common("networkUnknown")) },
        ...(country === null ? [] : [{ label: t("country"), value: country }]),
        ...(coolsUntil === null ? [] : [{ label: t("changes"), value: when(coolsUntil) }]),
      ]}
    />
  );
}
