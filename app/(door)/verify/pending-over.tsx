import { BlockedCard } from "@/app/blocked-card";
import { Contacts } from "@/app/contacts";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

type PendingOverProps = {
  pending: PendingPage;
  state: Exclude<PendingPage["state"], { kind: "open" }>;
};

/** A pending sign-in that has ended: what became of it, and the one next step. */
export async function PendingOver({ pending, state }: PendingOverProps) {
  const t = await getTranslations("verify");
  const signUp = pending.purpose === "sign-up";
  const titles = { "sign-up": "signup", "sign-in": "login" } as const;
  const page = await getTranslations(titles[pending.purpose]);
  return (
    <Card title={page("title")} below={<Contacts />}>
      <WhatHappened pending={pending} state={state} />
      <ButtonLink
        kind={state.kind === "blocked" ? "secondary" : "primary"}
        href={signUp ? "/signup" : "/login"}
      >
        {t(signUp ? "signUpAgain" : "startAgain")}
      </ButtonLink>
      {signUp || state.kind === "used" ? null : (
        <p>
          {pending.asks === "factor" ? (
            <TextLink href="/recover?lost=second-factor">{t("factor.lost")}</TextLink>
          ) : (
            <TextLink href="/recover">{t("lostMailbox")}</TextLink>
          )}
        </p>
      )}
    </Card>
  );
}

const overWords = {
  expired: "expired",
  superseded: "superseded",
  "block-over": "blockOver",
  used: "used",
} as const;

/** Where the words for a mailed code would speak of one. */
const isOverForFactor = (
  state: PendingOverProps["state"],
): state is Extract<PendingOverProps["state"], { kind: keyof typeof overWords }> =>
  state.kind in overWords;

async function WhatHappened({ pending, state }: PendingOverProps) {
  const t = await getTranslations("verify.errors");
  const { shownEmail, ip, timeZone } = pending;
  const signUp = pending.purpose === "sign-up";
  if (pending.asks === "factor" && isOverForFactor(state)) {
    const tags = await momentTags(pending.expiresAt, { timeZone });
    const factor = await getTranslations("verify.factor.over");
    return <Alert title={factor.rich(overWords[state.kind], tags)} />;
  }
  switch (state.kind) {
    case "blocked":
      return (
        <BlockedCard
          purpose={pending.purpose}
          maskedEmail={shownEmail}
          ip={ip}
          since={state.since}
          until={state.until}
          reference={state.reference}
          because={state.because}
          timeZone={timeZone}
        />
      );
    case "used":
      return <Alert title={t(signUp ? "usedSignUp" : "used")} />;
    case "superseded":
      return <Alert title={t(signUp ? "supersededSignUp" : "superseded")} />;
    case "password-changed":
      return <Alert title={t("passwordChanged")} />;
    case "shut-out":
      return <Alert title={t(`shutOut.${state.because}`)} />;
    case "block-over":
      return <Alert title={t(signUp ? "blockOverSignUp" : "blockOver")} />;
    case "expired": {
      const tags = await momentTags(pending.expiresAt, { timeZone });
      return <Alert title={t.rich(signUp ? "expiredSignUp" : "expired", tags)} />;
    }
  }
}
