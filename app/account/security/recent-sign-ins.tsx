import { getTranslations } from "next-intl/server";
import { SignInEntries } from "@/app/account/security/sign-in-entries";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { listRecentSignIns } from "@/lib/history/list-sign-ins";

const SHOWN = 5;

/** The latest sign-ins, with the way to all of them. */
export async function RecentSignIns({ session }: { session: LiveSession }) {
  const t = await getTranslations("history");
  const signIns = await listRecentSignIns(session, SHOWN);
  return (
    <Section id="history" title={t("title")}>
      <SignInEntries session={session} signIns={signIns} />
      <p>
        <TextLink href="/account/security/history">{t("all")}</TextLink>
      </p>
      <p>
        <TextLink href="/account/activity">{t("activity")}</TextLink>
      </p>
    </Section>
  );
}
