import type { ReactNode } from "react";
import { resendAction, verifyAction } from "@/app/(door)/verify/actions";
import { CodeField } from "@/app/(door)/verify/code-field";
import { LetInNumber } from "@/app/(door)/verify/let-in-number";
import { PassForm } from "@/app/(door)/verify/pass-form";
import { asksForTrust, CODE_FORM, withChoice } from "@/app/(door)/verify/pending-of-page";
import { SignInFacts } from "@/app/(door)/verify/sign-in-facts";
import { verifyErrors } from "@/app/(door)/verify/verify-errors";
import { VerifyNotice } from "@/app/(door)/verify/verify-notice";
import { CodeMails } from "@/app/code-mails/code-mails";
import { Contacts, hasContacts } from "@/app/contacts";
import { MailOutage } from "@/app/mail-outage";
import { WasItUsLink } from "@/app/was-it-us-link";
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
import { currentRequest } from "@/lib/log/request-context";
import type { PendingPage } from "@/lib/sign-in/pending-page";

type VerifyFormProps = {
  pending: PendingPage;
  notice: Notice | null;
  /** Whether the place is to be trusted, as chosen so far. */
  trusts: boolean;
};

/** Asks for the code of an open sign-in or sign-up. */
export async function VerifyForm({ pending, notice, trusts }: VerifyFormProps) {
  const t = await getTranslations("verify");
  const signUp = pending.purpose === "sign-up";
  const [error] = await verifyErrors(notice, pending);
  return (
    <Card
      title={t(signUp ? "signUpTitle" : "signInTitle")}
      lead={<WhereAndUntil pending={pending} />}
      below={<OtherWays signUp={signUp} />}
    >
      <VerifyNotice notice={notice} pending={pending} />
      {pending.passUntil === null ? null : <PassForm {...pending} passUntil={pending.passUntil} />}
      <div className="grid grid-cols-1 gap-3 sm:gap-5">
        <PostForm id={CODE_FORM} action={verifyAction} className="grid gap-4 sm:gap-5">
          <input type="hidden" name="challenge" value={pending.id} />
          <CodeField error={error?.message} isFirst />
          {asksForTrust(pending) ? (
            <Checkbox
              name="trust"
              label={t("trust")}
              hint={t("trustHint")}
              defaultChecked={trusts}
            />
          ) : null}
          <Button
            kind={pending.passUntil === null ? "primary" : "secondary"}
            {...withChoice(pending, "1")}
          >
            {t("submit")}
          </Button>
        </PostForm>
        <CodeMails
          {...pending}
          ways={pending.mails}
          sendAgain={(label, to) => (
            <PostForm action={resendAction}>
              <Button
                kind="inline"
                name="pressed"
                value={to}
                {...withChoice(pending, `again ${to}`)}
              >
                {label}
              </Button>
            </PostForm>
          )}
        />
      </div>
      <MailOutage asks={pending.purpose} hasCode />
      <Section title={t("noCode.title")}>
        <PostForm action={resendAction}>
          <Button kind="secondary" {...withChoice(pending, "again")}>
            {t("resend")}
          </Button>
        </PostForm>
        <CodeHelp signUp={signUp} />
      </Section>
      <LetInNumber pending={pending} />
      <p className="text-quiet text-sm">
        {t(signUp ? "whySignUp" : pending.isOfStaff ? "whyStaff" : "why")} {t("typeItHere")}
      </p>
      <Disclosure summary={t(signUp ? "details" : "detailsAndReference")}>
        <SignInFacts pending={pending} />
      </Disclosure>
    </Card>
  );
}

/** Says the little that is needed before the code is typed. */
async function WhereAndUntil({ pending }: { pending: PendingPage }) {
  const t = await getTranslations("verify");
  const tags = await momentTags(pending.expiresAt, { timeZone: pending.timeZone });
  return (
    <div className="text-text max-sm:leading-snug">
      <p>
        {t("typeCode")} {t.rich("itExpires", tags)}
      </p>
      {currentRequest()?.seesMailbox ? <ToMailbox /> : null}
    </div>
  );
}

/** Where mail is kept instead of sent, and for whom the gate lets see it alone. */
async function ToMailbox() {
  const t = await getTranslations("verify");
  const link = (words: ReactNode) => (
    <TextLink href="/mailbox" target="_blank">
      {words}
    </TextLink>
  );
  return <p className="mt-1 text-quiet text-sm">{t.rich("mailbox", { link })}</p>;
}

/** What to try, for who asks: a phone's first screen has room for the code alone. */
async function CodeHelp({ signUp }: { signUp: boolean }) {
  const t = await getTranslations("verify");
  return (
    <>
      <Disclosure summary={t("noCode.whatToTry")}>
        <Bullets
          items={[
            t("noCode.wait"),
            t("noCode.spam"),
            t("noCode.sendAgain"),
            t(signUp ? "noCode.signUpAgain" : "noCode.signInAgain"),
            ...(hasContacts() ? [t(signUp ? "noCode.contactSignUp" : "noCode.contact")] : []),
          ]}
        />
        <p>
          <TextLink href="/help/login-code">{t("noCode.more")}</TextLink>
        </p>
        <WasItUsLink />
      </Disclosure>
      {signUp ? null : (
        <p>
          <TextLink href="/recover">{t("lostMailbox")}</TextLink>
        </p>
      )}
    </>
  );
}

async function OtherWays({ signUp }: { signUp: boolean }) {
  const t = await getTranslations("verify");
  const again = signUp ? "/signup" : "/login";
  return (
    <>
      {!signUp && hasContacts() ? (
        <p>
          <TextLink href="/verify">{t("pass.reload")}</TextLink>
        </p>
      ) : null}
      <Contacts />
      <p>
        {t(signUp ? "wrongAddress" : "otherAccount")}{" "}
        <TextLink href={again}>{t(signUp ? "signUpAgain" : "otherAccountAction")}</TextLink>
      </p>
    </>
  );
}
