import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { shownEmail } from "@/lib/typed/email-address";

/** Says which of a customer's addresses get nothing any more, but for what every page says of the contact e-mail. */
export async function MarkedAddresses({ session }: { session: LiveSession }) {
  const { email: contact, unreachable, marked } = session.account;
  const said = marked.filter(({ email }) => unreachable === null || email !== contact);
  if (said.length === 0) return null;
  const t = await getTranslations("common.unreachable");
  return (
    <Notice>
      <div className="grid gap-2">
        <p className="font-semibold">{t("some", { count: said.length })}</p>
        {said.map(({ email, because }) => (
          <p key={email} className="[overflow-wrap:anywhere]">
            {t(because, { email: shownEmail(email) })}
          </p>
        ))}
        <p>
          {t.rich("change", {
            link: (words) => <TextLink href="/account/contact">{words}</TextLink>,
          })}
        </p>
      </div>
    </Notice>
  );
}
