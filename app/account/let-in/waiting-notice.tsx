import { accountWords } from "@/app/account/account-words";
import { Notice as Status } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { clientNow } from "@/lib/client/client-ip";
import { getTranslations } from "@/lib/i18n/translations";
import { findWaiting } from "@/lib/let-in/let-in-page";

/** Says that a sign-in waits which this session may let in; nothing where none does, or it may not. */
export async function WaitingNotice({ session }: { session: LiveSession }) {
  const waiting = await findWaiting(session, clientNow());
  const [first] = waiting;
  if (first === undefined) return null;
  const t = await getTranslations("letIn.notice");
  const words = await accountWords(session);
  return (
    <Status>
      <p>
        {waiting.length === 1
          ? t("one", { from: words.from(first) })
          : t("more", { count: waiting.length })}
      </p>
      <p>
        <TextLink href="/account/let-in">{t("link")}</TextLink>
      </p>
    </Status>
  );
}
