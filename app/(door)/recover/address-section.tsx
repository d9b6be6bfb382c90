import { fillDraftAction } from "@/app/(door)/recover/actions";
import { recoverForm } from "@/app/(door)/recover/recover-forms";
import { CodeField } from "@/app/(door)/verify/code-field";
import { CodeMails } from "@/app/code-mails/code-mails";
import { fieldOf } from "@/app/forms/refused-form";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Facts } from "@/components/facts";
import { Field, fieldId } from "@/components/field";
import { Moment } from "@/components/moment";
import { typedIn } from "@/components/post-form";
import { Section } from "@/components/section";
import type { Draft, ShownAddress } from "@/lib/cases/request/draft-page";
import type { Notice } from "@/lib/forms/notice";
import { momentTags, momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type AddressSectionProps = { draft: Draft; notice: Notice | null };

// The parts of the form are functions and no components: fields that stand in their form itself are
// filled in again (components/post-form.tsx).

/** Asks for the new address, and for the code that proves it. */
export async function addressSection({ draft, notice }: AddressSectionProps) {
  const t = await getTranslations("recover.address");
  const { address, timeZone } = draft;
  const form = await recoverForm(notice, "recover-address");
  const another = address.kind === "confirmed" || address.kind === "waits";
  const isBack = Boolean(typedIn(fillDraftAction, "email"));
  const ask = await askFields({ address, notice });
  return (
    <Section id="address" title={t("title")}>
      <p className="text-quiet">{t("what")}</p>
      {await howFar({ address, notice, timeZone })}
      {another ? (
        <Disclosure summary={t("another")} open={form.isRefused || isBack}>
          {ask}
        </Disclosure>
      ) : (
        ask
      )}
    </Section>
  );
}

type HowFarProps = { address: ShownAddress; notice: Notice | null; timeZone: string | null };

async function howFar({ address, notice, timeZone }: HowFarProps) {
  const t = await getTranslations("recover.address");
  switch (address.kind) {
    case "none":
      return null;
    case "confirmed":
      return (
        <p className="font-semibold [overflow-wrap:anywhere]">
          {t("confirmed", { email: address.email })}
        </p>
      );
    case "waits":
      return await codeFields({ address, notice, timeZone });
    case "expired": {
      const { email, at } = address;
      if (at === null) return <Alert answers={false} title={t("expiredLong", { email })} />;
      return (
        <Alert title={t.rich("expired", { ...(await momentTags(at, { timeZone })), email })} />
      );
    }
    case "block-over":
      return <Alert answers={false} title={t("blockOver", { email: address.email })} />;
    case "blocked": {
      const { email, until, reference } = address;
      const tags = await momentTags(until, { timeZone });
      return <Alert title={t.rich("blocked", { ...tags, email, reference })} />;
    }
  }
}

type CodeFieldsProps = Omit<HowFarProps, "address"> & {
  address: Extract<ShownAddress, { kind: "waits" }>;
};

async function codeFields({ address, notice, timeZone }: CodeFieldsProps) {
  const t = await getTranslations("recover.address");
  const verify = await getTranslations("verify");
  const form = await recoverForm(notice, "recover-code");
  const send = await recoverForm(notice, "recover-send");
  const { codeId, until, attemptsLeft, mails, mailLocale, canResend } = address;
  return (
    <>
      <p>{t("typeCode")}</p>
      <div className="grid gap-5">
        <input type="hidden" name="challenge" value={codeId} />
        <CodeField error={form.error("code") ?? send.error("address")} />
        <Button kind="secondary" name="pressed" value="code">
          {t("confirm")}
        </Button>
        <Button kind="secondary" name="pressed" value="code-again">
          {t("resend")}
        </Button>
      </div>
      <CodeMails
        ways={mails}
        purpose="new-address"
        mailLocale={mailLocale}
        canResend={canResend}
        expiresAt={until}
        timeZone={timeZone}
        sendAgain={null}
      />
      <Facts
        facts={[
          {
            label: t("until"),
            value: <Moment at={until}>{await momentText(until, { timeZone })}</Moment>,
          },
          { label: t("attempts"), value: verify("attemptsLeft", { left: attemptsLeft }) },
        ]}
      />
    </>
  );
}

type AskFieldsProps = { address: ShownAddress; notice: Notice | null };

async function askFields({ address, notice }: AskFieldsProps) {
  const t = await getTranslations("recover.address");
  const form = await recoverForm(notice, "recover-address");
  const send = await recoverForm(notice, "recover-send");
  // Where a code waits to be typed, its field is what is missing.
  const missing = address.kind === "waits" ? undefined : send.error("address");
  const again = address.kind === "expired" || address.kind === "block-over" ? address.email : "";
  return (
    <div className="grid gap-5">
      <Field
        name="email"
        id={fieldId(fieldOf("recover-address", "email"))}
        label={t("email")}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={again}
        error={form.error("email") ?? missing}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind="secondary" name="pressed" value="address">
        {t("submit")}
      </Button>
    </div>
  );
}
