import { keepFactorsAction } from "@/app/account/actions";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
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
  const answer = await answerTo(notice);
  if (ending === null) return answer;
  const { timeZone } = session.account;
  return (
    <>
      {answer}
      <Alert answers={false} title={t.rich("what", await momentTags(ending.at, { timeZone }))}>
        <p>
          {t(ending.mayKeep ? "look" : "how")}{" "}
          <TextLink href="/account/security/two-step">
            {(await getTranslations("security.nav"))("twoStep")}
          </TextLink>
        </p>
        {ending.mayKeep ? (
          <PostForm action={keepFactorsAction}>
            <Button kind="secondary">{t("keep")}</Button>
          </PostForm>
        ) : null}
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
    case "factors-not-proven":
      return <Alert title={t("notProven")} />;
    default:
      return null;
  }
}
