import { verifyAction } from "@/app/(door)/verify/actions";
import { PasskeyStep } from "@/app/(door)/verify/passkey-step";
import { asksForTrust, CODE_FORM, withChoice } from "@/app/(door)/verify/pending-of-page";
import { SignInFacts } from "@/app/(door)/verify/sign-in-facts";
import { verifyErrors } from "@/app/(door)/verify/verify-errors";
import { VerifyNotice } from "@/app/(door)/verify/verify-notice";
import { Contacts } from "@/app/contacts";
import { FactorField } from "@/app/factor-field";
import { PasskeyAnswer } from "@/app/passkeys/passkey-answer";
import { Bullets } from "@/components/bullets";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Checkbox } from "@/components/checkbox";
import { Disclosure } from "@/components/disclosure";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

type FactorFormProps = {
  pending: PendingPage;
  notice: Notice | null;
  /** Whether the place is to be trusted, as chosen so far. */
  trusts: boolean;
};

/** Asks for the second factor of an open sign-in; of it nothing is mailed. */
export async function FactorForm({ pending, notice, trusts }: FactorFormProps) {
  const t = await getTranslations("verify");
  const [error] = await verifyErrors(notice, pending);
  const tags = await momentTags(pending.expiresAt, { timeZone: pending.timeZone });
  return (
    <Card
      title={t("factor.title")}
      lead={
        <p>
          {t(pending.hasPasskeys ? "factor.leadPasskey" : "factor.lead")}{" "}
          {t.rich("factor.until", tags)}
        </p>
      }
      below={<Below />}
    >
      <VerifyNotice notice={notice} pending={pending} />
      {pending.hasPasskeys ? <PasskeyStep /> : null}
      <PostForm id={CODE_FORM} action={verifyAction} className="grid gap-4 sm:gap-5">
        <input type="hidden" name="challenge" value={pending.id} />
        {pending.hasPasskeys ? <PasskeyAnswer /> : null}
        <FactorField error={error?.message} isFirst={!pending.hasPasskeys} />
        {asksForTrust(pending) ? (
          <Checkbox name="trust" label={t("trust")} hint={t("trustHint")} defaultChecked={trusts} />
        ) : null}
        <Button {...withChoice(pending, "1")}>{t("submit")}</Button>
      </PostForm>
      <Section title={t("factor.trouble.title")}>
        <p>{t("factor.trouble.recovery")}</p>
        <Disclosure summary={t("factor.trouble.whatToTry")}>
          <Bullets items={[t("factor.trouble.next"), t("factor.trouble.clock")]} />
        </Disclosure>
        <p>
          <TextLink href="/recover?lost=second-factor">{t("factor.lost")}</TextLink>
        </p>
      </Section>
      <p className="text-quiet text-sm">
        {t(`factor.${whyAsked(pending)}`)} {t("factor.noMail")}
      </p>
      <Disclosure summary={t("detailsAndReference")}>
        <SignInFacts pending={pending} />
      </Disclosure>
    </Card>
  );
}

function whyAsked({ isOfStaff, placeKnown }: PendingPage) {
  if (isOfStaff) return "whyStaff";
  return placeKnown ? "whyAlways" : "why";
}

async function Below() {
  const t = await getTranslations("verify");
  return (
    <>
      <p>
        {t("otherAccount")} <TextLink href="/login">{t("otherAccountAction")}</TextLink>
      </p>
      <Contacts />
    </>
  );
}
