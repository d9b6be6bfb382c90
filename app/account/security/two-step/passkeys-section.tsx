import { accountWords } from "@/app/account/account-words";
import { addPasskeyAction } from "@/app/account/security/two-step/actions";
import { ConsentBoxes } from "@/app/account/security/two-step/consent-boxes";
import { PasskeyEntry } from "@/app/account/security/two-step/passkey-entry";
import { addPasskeyForm } from "@/app/account/security/two-step/passkey-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { PasskeyAnswer } from "@/app/passkeys/passkey-answer";
import { passkeyAsk } from "@/app/passkeys/passkey-words";
import { userDetails } from "@/app/passkeys/user-signal";
import { Entries } from "@/components/entry";
import { PasskeyButton } from "@/components/passkey-button";
import { PasskeySignals } from "@/components/passkey-signals";
import { PostForm } from "@/components/post-form";
import { headingId, Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { passkeyNumbers } from "@/lib/passkeys/rules/limits";
import { type PasskeysPage, readPasskeys } from "@/lib/two-step/passkeys-page";
import { waitingPasskey } from "@/lib/widening/pending-widening";

type PasskeysSectionProps = {
  session: LiveSession;
  notice: Notice | null;
  /** Whether the account has a second step already. */
  hasFactor: boolean;
};

/** The passkeys of an account, what each may do, and the way to another. */
export async function PasskeysSection({ session, notice, hasFactor }: PasskeysSectionProps) {
  const page = await readPasskeys(session, await waitingPasskey(session));
  // Where there never were any and none can be made, nobody needs to read of them.
  if (!page.isPossible && page.passkeys.length === 0) return null;
  const t = await getTranslations("passkeys.section");
  const words = await accountWords(session);
  return (
    <Section id="passkeys" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      {page.passkeys.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Entries>
          {page.passkeys.map((passkey) => (
            <PasskeyEntry
              key={passkey.id}
              passkey={passkey}
              when={words.when}
              email={session.account.email}
              notice={notice}
            />
          ))}
        </Entries>
      )}
      {page.needsSecond ? <p>{t("second")}</p> : null}
      {page.mayAdd ? null : <p>{t("full", passkeyNumbers)}</p>}
      {page.isPossible && page.mayAdd ? (
        <AddForm email={session.account.email} notice={notice} isFirst={!hasFactor} />
      ) : null}
      <Known known={page.known} session={session} />
    </Section>
  );
}

type AddFormProps = { email: string; notice: Notice | null; isFirst: boolean };

/** Has the browser make a passkey: nothing of it works without scripts, which it says. */
async function AddForm({ email, notice, isFirst }: AddFormProps) {
  const t = await getTranslations("passkeys");
  const form = await addPasskeyForm(notice);
  const { words, origin } = await passkeyAsk();
  const chosen = form.isRefused
    ? {
        signsIn: form.value("signsIn") !== undefined,
        isSecondStep: form.value("isSecondStep") !== undefined,
      }
    : { signsIn: false, isSecondStep: true };
  return (
    <>
      <p className="hidden noscript:block">{t("section.noScripts")}</p>
      <p hidden data-passkey-missing>
        {t("section.notHere", { origin })}
      </p>
      <PostForm
        action={addPasskeyAction}
        className="grid gap-5 noscript:hidden"
        data-passkey-here={origin}
      >
        <ConsentBoxes form={form} chosen={chosen} named="add-passkey" isNew />
        <TypedPassword
          of={email}
          about={headingId("passkeys")}
          {...form.field("password")}
          label={t("section.password")}
          purpose="current"
          required
        />
        <PasskeyAnswer />
        <PasskeyButton
          purpose="add"
          kind={isFirst ? "primary" : "secondary"}
          words={words}
          origin={origin}
          checks="password"
        >
          {t("button.add")}
        </PasskeyButton>
      </PostForm>
    </>
  );
}

type KnownProps = { known: PasskeysPage["known"]; session: LiveSession };

/** Lets the browser forget passkeys that are gone, and call the others as the account is called now. */
function Known({ known, session }: KnownProps) {
  if (known === null) return null;
  const { rpId, origin, userId, credentialIds: allAcceptedCredentialIds } = known;
  return (
    <PasskeySignals
      origin={origin}
      signals={{
        signalAllAcceptedCredentials: { rpId, userId, allAcceptedCredentialIds },
        signalCurrentUserDetails: userDetails(known, session.account),
      }}
    />
  );
}
