import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import type { PendingPage } from "@/lib/sign-in/pending-page";

const REFRESH_SECONDS = 3;

/** Where the code goes, and how far each mail has come: nothing is said to be sent before it left. */
export async function CodeMails({ mails }: Pick<PendingPage, "mails">) {
  const t = await getTranslations("verify.mail");
  const waits = mails.some(({ state }) => state === "queued");
  return (
    <>
      {mails.map(({ maskedEmail, state, isLate }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: masked ones can look alike; their order stays
        <p key={index} data-mail-state={state}>
          {t.rich(isLate ? "late" : state, {
            maskedEmail,
            address: (words) => <strong className="whitespace-nowrap">{words}</strong>,
          })}
        </p>
      ))}
      {waits ? <LiveRefresh everySeconds={REFRESH_SECONDS} /> : null}
    </>
  );
}
