import { accountWords } from "@/app/account/account-words";
import { endOtherSessionsAction, endSessionAction } from "@/app/account/security/sessions/actions";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { listSessions } from "@/lib/sessions/list-sessions";

/** Where the account is signed in to now. */
export async function Sessions({ session }: { session: LiveSession }) {
  const t = await getTranslations("sessions");
  const words = await accountWords(session);
  const sessions = await listSessions(session);
  return (
    <Section id="open" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      <Entries>
        {sessions.map((one) => (
          <Entry
            key={one.id}
            id={`session-${one.id}`}
            title={words.device(one)}
            badges={one.isThisOne ? [t("thisOne")] : []}
            lines={[
              words.from(one),
              t("since", { date: words.when(one.since) }),
              t("lastSeen", { date: words.when(one.lastSeenAt) }),
            ]}
          >
            <PostForm action={endSessionAction}>
              <input type="hidden" name="id" value={one.id} />
              <Button kind="inline" aria-describedby={entryWords(`session-${one.id}`)}>
                {t("end")}
              </Button>
            </PostForm>
          </Entry>
        ))}
      </Entries>
      <PostForm action={endOtherSessionsAction} className="grid gap-1">
        <Button kind="secondary">{t("endOthers")}</Button>
        <p className="text-quiet text-sm">{t("endOthersHint")}</p>
      </PostForm>
    </Section>
  );
}
