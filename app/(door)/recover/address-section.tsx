import { getTranslations } from "next-intl/server";
import {
  askAddressAction,
  confirmAddressAction,
  resendCodeAction,
} from "@/app/(door)/recover/actions";
import { recoverForm } from "@/app/(door)/recover/recover-forms";
import { CodeField } from "@/app/(door)/verify/code-field";
import { fieldOf } from "@/app/forms/refused-form";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Facts } from "@/components/facts";
import { Field, fieldId } from "@/components/field";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { Draft, ShownAddress } from "@/lib/cases/request/draft-page";
import type { Notice } from "@/lib/forms/notice";
import { momentTags, momentText } from "@/lib/i18n/moment-tags";

type AddressSectionProps = { draft: Draft; notice: Notice | null };

/** Asks for the new address, and for the code that proves it. */
export async function AddressSection({ draft, notice }: AddressSectionProps) {
  const t = await getTranslations("recover.address");
  const { address, timeZone } = draft;
  const form = await recoverForm(notice, "recover-address");
  const another = address.kind === "confirmed" || address.kind === "waits";
  const ask = await askForm({ address, notice });
  return (
    <Section id="address" title={t("title")}>
      <p className="text-quiet">{t("what")}</p>
      <HowFar address={address} notice={notice} timeZone={timeZone} />
      {another ? (
        <Disclosure summary={t("another")} open={form.isRefused}>
          {ask}
        </Disclosure>
      ) : (
        ask
      )}
    </Section>
  );
}

type HowFarProps = { address: ShownAddress; notice: Notice | null; timeZone: string | null };

async function HowFar({ address, notice, timeZone }: HowFarProps) {
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
      return <CodeForm address={address} notice={notice} timeZone={timeZone} />;
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

type CodeFormProps = Omit<HowFarProps, "address"> & {
  address: Extract<ShownAddress, { kind: "waits" }>;
};

async function CodeForm({ address, notice, timeZone }: CodeFormProps) {
  const t = await getTranslations("recover.address");
  const verify = await getTranslations("verify");
  const form = await recoverForm(notice, "recover-code");
  const { email, codeId, until, attemptsLeft } = address;
  return (
    <>
      <p className="[overflow-wrap:anywhere]">{t("sentTo", { email })}</p>
      <PostForm action={confirmAddressAction} className="grid gap-5">
        <input type="hidden" name="challenge" value={codeId} />
        <CodeField error={form.error("code")} />
        <Button kind="secondary">{t("confirm")}</Button>
      </PostForm>
      <PostForm action={resendCodeAction}>
        <Button kind="secondary">{t("resend")}</Button>
      </PostForm>
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

type AskFormProps = { address: ShownAddress; notice: Notice | null };

async function askForm({ address, notice }: AskFormProps) {
  const t = await getTranslations("recover.address");
  const form = await recoverForm(notice, "recover-address");
  const again = address.kind === "expired" || address.kind === "block-over" ? address.email : "";
  return (
    <PostForm action={askAddressAction} className="grid gap-5">
      <Field
        name="email"
        id={fieldId(fieldOf("recover-address", "email"))}
        label={t("email")}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={form.value("email") ?? again}
        error={form.error("email")}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind="secondary">{t("submit")}</Button>
    </PostForm>
  );
}
