import { continueAction } from "@/app/(door)/verify/actions";
import { Button } from "@/components/button";
import { Notice as Status } from "@/components/notice";
import { PostForm } from "@/components/post-form";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

type PassFormProps = Pick<PendingPage, "passBecause" | "timeZone"> & { passUntil: Date };

/** Lets in, without the code, whom support or the customer's other browser has let through. */
export async function PassForm({ passUntil, passBecause, timeZone }: PassFormProps) {
  const t = await getTranslations("verify");
  const tags = await momentTags(passUntil, { timeZone });
  return (
    <>
      <Status>
        <p className="font-semibold">
          {t(passBecause === "let-in" ? "letIn.passTitle" : "pass.title")}
        </p>
        <p>{t.rich("pass.what", tags)}</p>
      </Status>
      <PostForm action={continueAction}>
        <Button>{t("pass.continue")}</Button>
      </PostForm>
    </>
  );
}
