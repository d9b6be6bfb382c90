import { accountWords } from "@/app/account/account-words";
import { forgetBrowserAction, trustBrowserAction } from "@/app/account/security/sessions/actions";
import { refusedForm } from "@/app/forms/refused-form";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { PostForm } from "@/components/post-form";
import { headingId, Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { readBrowserId } from "@/lib/cookies/browser-cookie";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { whenCodesAreAsked } from "@/lib/sign-in/when-codes-are-asked";
import { listTrustedBrowsers, type TrustedBrowser } from "@/lib/trusted-browser/list-browsers";
import { TRUSTED_BROWSER_DAYS } from "@/lib/trusted-browser/rules/limits";

// What trust in a browser is worth, by when this account's sign-ins ask for a code.
const leads = { "at-new-places": "lead", always: "leadAlways", never: "leadNever" } as const;

/** The form that trusts this browser, as it was answered. */
export async function browserForm(notice: Notice | null) {
  const t = await getTranslations("widening.errors");
  return refusedForm(notice, "trust-browser", (key) => t(key));
}

/** Whether this browser is also known when its address changes, and which others are. */
export async function TrustedBrowsers({
  session,
  notice,
}: {
  session: LiveSession;
  notice: Notice | null;
}) {
  const t = await getTranslations("security.browser");
  const browsers = await listTrustedBrowsers(session, await readBrowserId());
  const asked = whenCodesAreAsked(session.account);
  const isTrusted = browsers.some((one) => one.isThisOne);
  return (
    <Section id="trusted" title={t("title")}>
      <p className="text-quiet">{t(leads[asked])}</p>
      {isTrusted || asked === "always" ? null : (
        <TrustForm email={session.account.email} notice={notice} />
      )}
      {browsers.length > 0 ? <Browsers session={session} browsers={browsers} /> : null}
    </Section>
  );
}

async function TrustForm({ email, notice }: { email: string; notice: Notice | null }) {
  const t = await getTranslations("security.browser");
  const form = await browserForm(notice);
  return (
    <PostForm action={trustBrowserAction} className="grid gap-5">
      <TypedPassword
        of={email}
        about={headingId("trusted")}
        {...form.field("password")}
        label={t("password")}
        hint={t("hint", { days: TRUSTED_BROWSER_DAYS })}
        purpose="current"
        required
      />
      <Button kind="secondary">{t("trust")}</Button>
    </PostForm>
  );
}

async function Browsers({
  session,
  browsers,
}: {
  session: LiveSession;
  browsers: TrustedBrowser[];
}) {
  const t = await getTranslations("security.browser");
  const words = await accountWords(session);
  return (
    <Entries>
      {browsers.map((one) => (
        <Entry
          key={one.id}
          id={`browser-${one.id}`}
          title={words.device(one)}
          badges={one.isThisOne ? [t("thisOne")] : []}
          lines={[
            t("since", { date: words.when(one.since) }),
            t("lastUsed", { date: words.when(one.lastUsedAt) }),
            t("until", { date: words.when(one.until) }),
          ]}
        >
          <PostForm action={forgetBrowserAction}>
            <input type="hidden" name="id" value={one.id} />
            <Button kind="inline" aria-describedby={entryWords(`browser-${one.id}`)}>
              {t(one.isThisOne ? "forgetThis" : "forget")}
            </Button>
          </PostForm>
        </Entry>
      ))}
    </Entries>
  );
}
