import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { shownEmail } from "@/lib/typed/email-address";

/** Says on every page of whoever is signed in that no mail reaches them, until another address does. */
export async function UnreachableNotice({ session }: { session: LiveSession }) {
  const { email, unreachable } = session.account;
  if (unreachable === null) return null;
  const t = await getTranslations("common.unreachable");
  return (
    <div className="mx-auto mb-6 w-full max-w-2xl">
      <Notice>
        <div className="grid gap-2">
          <p className="font-semibold">{t("title")}</p>
          <p className="[overflow-wrap:anywhere]">{t(unreachable, { email: shownEmail(email) })}</p>
          <p>
            {t.rich("next", {
              link: (words) => <TextLink href="/account/contact">{words}</TextLink>,
            })}
          </p>
        </div>
      </Notice>
    </div>
  );
}
