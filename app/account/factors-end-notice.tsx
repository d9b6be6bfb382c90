import { keepFactorsAction } from "@/app/account/actions";
import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { refusedForm } from "@/app/forms/refused-form";
import { TypedPassword } from "@/app/forms/typed-password";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { factorsEnding } from "@/lib/two-step/keep-factors";

type FactorsEndNoticeProps = { session: LiveSession; notice: Notice | null };

/** Says that the second step is to be taken away, with a button for whoever has shown it to keep it. */
export async function FactorsEndNotice({ session, notice }: FactorsEndNoticeProps) {
  const t = await getTranslations("account.factorsEnd");
  const ending = factorsEnding(session);
  const { timeZone, email } = session.account;
  const answer = (
    <>
      {await answerTo(notice)}
      <WideningNotice page="account" notice={notice} timeZone={timeZone} />
    </>
  );
  if (ending === null) return answer;
  const words = await getTranslations("widening.errors");
  const form = await refusedForm(notice, "keep-second-step", (key) => words(key));
  return (
    <>
      {answer}
      {form.errors.length === 0 ? null : (
        <ErrorSummary title={(await getTranslations("common"))("problem")} errors={form.errors} />
      )}
      <Alert answers={false} title={t.rich("what", await momentTags(ending.at, { timeZone }))}>
        <p>{t("why")}</p>
        <p>
          {t(ending.mayKeep ? "look" : "how")}{" "}
          <TextLink href="/account/security/two-step">
            {(await getTranslations("security.nav"))("twoStep")}
          </TextLink>
        </p>
        <PostForm action={keepFactorsAction} className="mt-4 grid gap-5">
          {ending.mayKeep ? null : (
            <TypedPassword
              of={email}
              {...form.field("password")}
              label={(await getTranslations("twoStep"))("password")}
              purpose="current"
              required
            />
          )}
          <Button kind="secondary">{t("keep")}</Button>
        </PostForm>
      </Alert>
    </>
  );
}

async function answerTo(notice: Notice | null) {
  if (notice?.kind !== "done") return null;
  const t = await getTranslations("account.factorsEnd");
  switch (notice.what) {
    case "factors-kept":
      return <Status>{t("kept")}</Status>;
    case "factors-nothing-ends":
      return <Status>{t("nothing")}</Status>;
    case "changes-frozen":
      return <Alert title={t("frozen")} />;
    case "factors-not-proven":
      return <Alert title={t("notProven")} />;
    default:
      return null;
  }
}
