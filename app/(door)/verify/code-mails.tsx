import { Fragment } from "react";
import { hasContacts } from "@/app/contacts";
import { Bullets } from "@/components/bullets";
import { LiveRefresh } from "@/components/live-refresh";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

const REFRESH_SECONDS = 3;

/** Where the code goes, and how far each mail has come: nothing is said to be sent before it left. */
export async function CodeMails({ mails, purpose }: Pick<PendingPage, "mails" | "purpose">) {
  const t = await getTranslations("verify.mail");
  // A masked address is short; a whole one can be wider than a phone.
  const look = purpose === "sign-up" ? undefined : "whitespace-nowrap";
  const waits = mails.some(({ state }) => state === "queued");
  return (
    <>
      {mails.map(({ shownEmail, state, isLate }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: masked ones can look alike; their order stays
        <Fragment key={index}>
          {/* What follows goes on in the same line: a phone's first screen has none to spare. */}
          <p data-mail-state={state} className="inline">
            {t.rich(isLate ? "late" : state, {
              maskedEmail: shownEmail,
              address: (words) => <strong className={look}>{words}</strong>,
            })}
          </p>{" "}
        </Fragment>
      ))}
      {mails.some(({ state }) => state === "refused") ? (
        <AfterRefusal purpose={purpose} isOnly={mails.length === 1} />
      ) : null}
      {waits ? <LiveRefresh everySeconds={REFRESH_SECONDS} /> : null}
    </>
  );
}

/** What helps when a mailbox does not take the code. Says the same whether or not a sign-up's address has an account. */
async function AfterRefusal({
  purpose,
  isOnly,
}: Pick<PendingPage, "purpose"> & { isOnly: boolean }) {
  const t = await getTranslations("verify.afterRefusal");
  if (purpose === "sign-up") {
    return (
      <p>
        {t.rich("signUp", {
          link: (words) => <TextLink href="/signup">{words}</TextLink>,
        })}
      </p>
    );
  }
  return (
    <Bullets
      items={[
        t("full"),
        ...(isOnly ? [] : [t("otherAddress")]),
        ...(hasContacts() ? [t("support")] : []),
        t.rich("recover", {
          link: (words) => <TextLink href="/recover">{words}</TextLink>,
        }),
      ]}
    />
  );
}
