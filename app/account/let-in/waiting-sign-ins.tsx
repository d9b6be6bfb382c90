import { accountWords } from "@/app/account/account-words";
import { Entries, Entry } from "@/components/entry";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import type { WaitingSignIn } from "@/lib/let-in/let-in-page";

type WaitingSignInsProps = { session: LiveSession; waiting: readonly WaitingSignIn[] };

/** The sign-ins that wait, without their numbers: those stand on their own pages alone. */
export async function WaitingSignIns({ session, waiting }: WaitingSignInsProps) {
  const t = await getTranslations("letIn.waiting");
  const words = await accountWords(session);
  return (
    <Section id="waiting" title={t("title", { count: waiting.length })}>
      <Entries>
        {waiting.map((one, index) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: two can look alike; their order stays
            key={index}
            id={`waiting-${index + 1}`}
            title={words.from(one)}
            lines={[
              words.device(one),
              t("since", { date: words.when(one.since) }),
              t("until", { date: words.when(one.until) }),
            ]}
          />
        ))}
      </Entries>
    </Section>
  );
}
