import { signOutAction } from "@/app/account/actions";
import { BlockedCard } from "@/app/blocked-card";
import { PasskeyRefused } from "@/app/passkeys/passkey-refused";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { emailLengths } from "@/lib/typed/email-address";

/** What the last form of the way in led to, where that is to be said on `/login`. */
export async function LoginNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("login");
  const problem = (await getTranslations("common"))("problem");
  switch (notice?.kind) {
    case "login-invalid": {
      const errors = Object.entries(notice.errors).map(([field, key]) => ({
        field,
        message: t(`errors.${key as "emailTooLong"}`, emailLengths),
      }));
      return <ErrorSummary title={problem} errors={errors} />;
    }
    case "wrong-password":
      return <Alert title={t("errors.wrongCredentials")} />;
    case "too-many-passwords": {
      const tags = await momentTags(new Date(notice.until));
      return <Alert title={t.rich("errors.tooManyAttempts", tags)} />;
    }
    case "blocked":
      return (
        <BlockedCard {...notice} since={new Date(notice.since)} until={new Date(notice.until)} />
      );
    case "passkey-refused":
      return <PasskeyRefused notice={notice} />;
    case "wait":
      return (
        <WaitCard
          codes={notice.codes}
          asked={notice.asked}
          until={notice.until === null ? null : new Date(notice.until)}
        />
      );
    case "password-off":
      return <PasswordOffCard since={new Date(notice.since)} because={notice.because} />;
    case "no-pending":
      return <Alert title={t("notices.noPending")} />;
    case "address-taken":
      return <Alert title={(await getTranslations("verify"))("errors.accountExists")} />;
    case "unavailable":
      return <Alert title={t("errors.unavailable")} />;
    case "signed-out":
      return <Status>{t("notices.signedOut")}</Status>;
    case "not-signed-out":
      return <NotSignedOutCard />;
    case "password-reset":
      return <Status>{(await getTranslations("password"))("notices.reset")}</Status>;
    case "done":
      return notice.what === "staff-joined" ? (
        <Status>{(await getTranslations("staff"))("joined")}</Status>
      ) : null;
    default:
      return null;
  }
}

/** Where a sign-out could not be carried out: what that means, and the way to try again. */
async function NotSignedOutCard() {
  const t = await getTranslations("login.notSignedOut");
  return (
    <Alert title={t("title")}>
      <p>{t("what")}</p>
      <p>{t("next")}</p>
      <PostForm action={signOutAction}>
        <Button kind="inline">{t("action")}</Button>
      </PostForm>
    </Alert>
  );
}

type PasswordOffCardProps = { since: Date; because: "not-me" | "support" | "case" };

const whyPasswordIsOff = { "not-me": "what", support: "whatSupport", case: "whatCase" } as const;

/** The way back after the password was switched off: what to check first, then a new one. */
async function PasswordOffCard({ since, because }: PasswordOffCardProps) {
  const t = await getTranslations("login.passwordOff");
  const tags = await momentTags(since);
  return (
    <Alert title={t("title")}>
      <p>{t.rich(whyPasswordIsOff[because], tags)}</p>
      <p className="font-semibold">{t("checklist")}</p>
      <ol className="grid list-decimal gap-1.5 pl-5">
        <li>{t("mailbox")}</li>
        <li>{t("device")}</li>
        <li>
          <TextLink href="/forgot-password">{t("action")}</TextLink>
        </li>
        <li>{t("afterwards")}</li>
      </ol>
      <p>
        <TextLink href="/help/password-switched-off">{t("more")}</TextLink>
      </p>
    </Alert>
  );
}

type WaitCardProps = {
  codes: number;
  asked: Extract<Notice, { kind: "wait" }>["asked"];
  until: Date | null;
};

const waits = {
  codes: "codesUsedUp",
  factors: "askedTooOften.new",
  "factors-here": "askedTooOften.here",
  "factors-in-browser": "askedTooOften.browser",
} as const;

async function WaitCard({ codes, asked, until }: WaitCardProps) {
  const t = await getTranslations("login");
  if (until === null) {
    return (
      <Alert title={t("unusedCodes.title")}>
        <p>
          {t(asked === "codes" ? "unusedCodes.what" : "askedTooOften.unanswered", { count: codes })}
        </p>
        <p>{t("unusedCodes.next")}</p>
        <p>
          <TextLink href="/forgot-password">{t("unusedCodes.action")}</TextLink>
        </p>
      </Alert>
    );
  }
  const tags = await momentTags(until);
  return (
    <Alert title={t.rich(`${waits[asked]}.title`, tags)}>
      <p>{t.rich(`${waits[asked]}.what`, { ...tags, count: codes })}</p>
      <p>{t(`${waits[asked]}.next`)}</p>
    </Alert>
  );
}
