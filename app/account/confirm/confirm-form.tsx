import { CodeField } from "@/app/(door)/verify/code-field";
import { cancelAction, confirmAction, resendAction } from "@/app/account/confirm/actions";
import { ConfirmNotice, confirmErrors } from "@/app/account/confirm/confirm-notice";
import { requestWords } from "@/app/account/confirm/request-words";
import { CodeMails } from "@/app/code-mails/code-mails";
import { FactorField } from "@/app/factor-field";
import { PasskeyConfirm } from "@/app/passkeys/passkey-confirm";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingWidening } from "@/lib/widening/pending-widening";

type ConfirmFormProps = {
  pending: PendingWidening;
  notice: Notice | null;
  timeZone: string | null;
};

/** Asks for the code of a request that widens access. */
export async function ConfirmForm({ pending, notice, timeZone }: ConfirmFormProps) {
  const t = await getTranslations("widening");
  const verify = await getTranslations("verify");
  const { request, asks, expiresAt, attemptsLeft } = pending;
  const [error] = await confirmErrors(notice, pending);
  const asked = await requestWords(request);
  const ofFactor = asks === "factor";
  const { clock, time, fromNow } = await momentTags(expiresAt, { timeZone });
  return (
    <Card
      title={t(ofFactor ? "titleFactor" : "title")}
      lead={t(ofFactor ? "whyFactor" : "why")}
      below={
        ofFactor ? (
          <>
            <p>
              <TextLink href="/recover?lost=second-factor">{verify("factor.lost")}</TextLink>
            </p>
            <p>
              <TextLink href="/help/two-step">
                {(await getTranslations("twoStep"))("help")}
              </TextLink>
            </p>
          </>
        ) : (
          <p>
            <TextLink href="/help/login-code">{verify("noCode.more")}</TextLink>
          </p>
        )
      }
    >
      <ConfirmNotice notice={notice} pending={pending} timeZone={timeZone} />
      <p className="font-semibold [overflow-wrap:anywhere]">{asked}</p>
      <PostForm action={confirmAction} className="grid gap-5">
        <input type="hidden" name="challenge" value={pending.id} />
        {pending.hasPasskeys ? <PasskeyConfirm /> : null}
        {ofFactor ? <FactorField error={error?.message} /> : <CodeField error={error?.message} />}
        <Button>{t("submit")}</Button>
      </PostForm>
      {ofFactor ? null : (
        <CodeMails
          {...pending}
          ways={pending.mails}
          purpose="widening"
          timeZone={timeZone}
          sendAgain={(label, to) => (
            <PostForm action={resendAction}>
              <Button kind="inline" name="pressed" value={to}>
                {label}
              </Button>
            </PostForm>
          )}
        />
      )}
      <div className="grid gap-3">
        {ofFactor ? null : (
          <PostForm action={resendAction}>
            <Button kind="secondary">{verify("resend")}</Button>
          </PostForm>
        )}
        <PostForm action={cancelAction}>
          <Button kind="secondary">{t("cancel")}</Button>
        </PostForm>
      </div>
      <Facts
        facts={[
          {
            label: verify("facts.validUntil"),
            value: (
              <>
                {clock(time)} ({fromNow})
              </>
            ),
          },
          {
            label: verify("facts.attempts"),
            value: verify("attemptsLeft", { left: attemptsLeft }),
          },
        ]}
      />
    </Card>
  );
}
