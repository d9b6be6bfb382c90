import { notifyOfNewBrowsersAction } from "@/app/account/security/mails/actions";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";

/** Which security mails a customer can do without: one. */
export async function SecurityMails({ session }: { session: LiveSession }) {
  const t = await getTranslations("sessions.mails");
  return (
    <Section id="which" title={t("which")}>
      <PostForm action={notifyOfNewBrowsersAction} className="grid gap-3">
        <Checkbox
          name="told"
          label={t("newBrowser")}
          hint={t("others")}
          defaultChecked={session.account.tellOfNewBrowsers}
        />
        <div>
          <Button kind="inline">{t("save")}</Button>
        </div>
      </PostForm>
    </Section>
  );
}
