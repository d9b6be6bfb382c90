import { sendForThisNetworkAction } from "@/app/(door)/verify/actions";
import { asksForTrust, withChoice } from "@/app/(door)/verify/pending-of-page";
import { verifyErrors } from "@/app/(door)/verify/verify-errors";
import { addressesAsked } from "@/app/code-mails/addresses-asked";
import { PasskeyRefused } from "@/app/passkeys/passkey-refused";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { PostForm } from "@/components/post-form";
import { ipText } from "@/lib/client/ip-text";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

type VerifyNoticeProps = { notice: Notice | null; pending: PendingPage };

/** What the last form on `/verify` led to. */
export async function VerifyNotice({ notice, pending }: VerifyNoticeProps) {
  const t = await getTranslations("verify");
  const common = await getTranslations("common");
  const { timeZone } = pending;
  const signUp = pending.purpose === "sign-up";
  switch (notice?.kind) {
    case "not-a-code":
    case "wrong-code":
      return (
        <ErrorSummary title={common("problem")} errors={await verifyErrors(notice, pending)} />
      );
    case "passkey-refused":
      return <PasskeyRefused notice={notice} />;
    case "newer-sign-in":
      return <Alert title={t(signUp ? "errors.supersededSignUp" : "errors.superseded")} />;
    case "network-changed": {
      const isFactor = pending.asks === "factor";
      const errors = isFactor ? ("factor.errors" as const) : ("errors" as const);
      return (
        <Alert title={t("errors.networkChangedTitle")}>
          <p>
            {pending.ip === null || notice.ip === null
              ? t(`${errors}.networkChangedUnknown`)
              : t(`${errors}.networkChanged`, {
                  ip: ipText(pending.ip),
                  newIp: ipText(notice.ip),
                })}
          </p>
          <PostForm action={sendForThisNetworkAction}>
            <DefaultButton pending={pending} />
            <Button {...withChoice(pending, "this-network")}>
              {t(isFactor ? "factor.moveHere" : "sendForThisNetwork")}
            </Button>
          </PostForm>
        </Alert>
      );
    }
    case "code-sent": {
      const tags = await momentTags(pending.expiresAt, { timeZone });
      const maskedEmail = await addressesAsked(notice.to, pending.shownEmail);
      return <Status>{t.rich("sentAgain", { ...tags, maskedEmail })}</Status>;
    }
    case "pass-over":
      return <Alert title={t(pending.passBecause === "let-in" ? "letIn.over" : "pass.over")} />;
    case "new-code-sent":
      // Of a second factor nothing was sent: the form itself asks for it.
      if (pending.asks === "factor") return null;
      return <Status>{t("newCodeSent")}</Status>;
    case "resend-too-early": {
      const tags = await momentTags(new Date(notice.from), { timeZone, seconds: true });
      return <Status>{t.rich("errors.tooEarly", tags)}</Status>;
    }
    case "resend-too-often": {
      const tags = await momentTags(new Date(notice.from), { timeZone });
      const key = signUp ? "errors.tooOftenSignUp" : "errors.tooOften";
      return <Alert title={t.rich(key, tags)} />;
    }
    case "unavailable":
      return <Alert title={t("errors.unavailable")} />;
    default:
      return null;
  }
}

/** Enter in a form presses its first button: that is to stay `Verify`, also where another stands above. */
function DefaultButton({ pending }: Pick<VerifyNoticeProps, "pending">) {
  if (!asksForTrust(pending)) return null;
  return (
    <button
      type="submit"
      {...withChoice(pending, "1")}
      tabIndex={-1}
      aria-hidden
      className="sr-only"
    />
  );
}
