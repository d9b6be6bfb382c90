import { continueAction } from "@/app/(door)/verify/actions";
import { Button } from "@/components/button";
import { Notice as Status } from "@/components/notice";
import { PostForm } from "@/components/post-form";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type PassFormProps = { passUntil: Date; timeZone: string | null };

/** Lets a caller in whom support has let through, without the code. */
export async function PassForm({ passUntil, timeZone }: PassFormProps) {
  const t = await getTranslations("verify.pass");
  const tags = await momentTags(passUntil, { timeZone });
  return (
    <>
      <Status>
        <p className="font-semibold">{t("title")}</p>
        <p>{t.rich("what", tags)}</p>
      </Status>
      <PostForm action={continueAction}>
        <Button>{t("continue")}</Button>
      </PostForm>
    </>
  );
}
