import { hasContacts } from "@/app/contacts";
import { Bullets } from "@/components/bullets";
import { Disclosure } from "@/components/disclosure";
import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import { codeMinutesNow } from "@/lib/challenge/code-lifetime";
import { durationText } from "@/lib/i18n/duration-text";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { knownMailWatch } from "@/lib/mail/fate/mail-watch";

type MailOutageProps = {
  asks: "sign-in" | "sign-up";
  /** Whether a code is asked for already: then no factor is, and how long it works stands there. */
  hasCode?: boolean;
};

/**
 * Says on the way in that mail is slow or refused for many, and what does without it; nothing while mail
 * arrives. By what the process knows: a kept page is compared with that (lib/server/gate/kept-pages.ts).
 */
export async function MailOutage({ asks, hasCode = false }: MailOutageProps) {
  const { outage } = knownMailWatch();
  if (outage === null) return null;
  const t = await getTranslations("outage");
  const duration = durationText(codeMinutesNow() * 60, await getLocale());
  const withoutMail = asks === "sign-in" ? [t("ways.place")] : [];
  const withFactor = asks === "sign-in" && !hasCode ? [t("ways.factor")] : [];
  const wait = hasCode ? t("ways.wait") : `${t("ways.wait")} ${t("ways.lifetime", { duration })}`;
  const contact = hasContacts() ? [t("ways.contact")] : [];
  // Folded up where a form waits below: a phone's first screen has room for one of them.
  const ways = <Bullets items={[...withoutMail, ...withFactor, wait, ...contact]} />;
  return (
    <Notice>
      <div data-mail-outage={outage.because} className="grid gap-2">
        <p className="font-semibold">{t(outage.because)}</p>
        <p>{t.rich("what", await momentTags(outage.beganAt))}</p>
        {hasCode ? ways : <Disclosure summary={t("do")}>{ways}</Disclosure>}
        <p>
          <TextLink href="/status">{t("status")}</TextLink>
        </p>
      </div>
    </Notice>
  );
}
