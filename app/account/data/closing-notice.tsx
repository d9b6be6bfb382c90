import { keepAccountAction } from "@/app/account/data/actions";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import type { LiveSession } from "@/lib/account/session-store";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

/** Says on every page of the customer area that the account is about to end, and how to keep it. */
export async function ClosingNotice({ session }: { session: LiveSession }) {
  const { closesAt, timeZone } = session.account;
  if (closesAt === null) return null;
  const t = await getTranslations("closing.pending");
  return (
    <Alert answers={false} title={t.rich("title", await momentTags(closesAt, { timeZone }))}>
      <p>{t("what")}</p>
      <PostForm action={keepAccountAction}>
        <Button kind="inline">{t("keep")}</Button>
      </PostForm>
    </Alert>
  );
}
