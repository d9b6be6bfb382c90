import { allowPasskeyAction, renamePasskeyAction } from "@/app/account/security/two-step/actions";
import { ConsentBoxes } from "@/app/account/security/two-step/consent-boxes";
import { allowForm, nameForm } from "@/app/account/security/two-step/passkey-forms";
import { RemoveButton } from "@/app/account/security/two-step/remove-button";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Entry, entryWords } from "@/components/entry";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { ShownPasskey } from "@/lib/two-step/passkeys-page";

type PasskeyEntryProps = {
  passkey: ShownPasskey;
  when: (at: Date) => string;
  /** The account's. */
  email: string;
  notice: Notice | null;
};

/** One passkey: what is known of it, its name, what it may do, and the way to remove it. */
export async function PasskeyEntry({ passkey, when, email, notice }: PasskeyEntryProps) {
  const t = await getTranslations("passkeys.section");
  const { id, name, signsIn, isSecondStep } = passkey;
  const entry = `passkey-${id}`;
  const naming = await nameForm(notice, id);
  const allowing = await allowForm(notice, id);
  const chosen = allowing.isRefused
    ? {
        signsIn: allowing.value("signsIn") !== undefined,
        isSecondStep: allowing.value("isSecondStep") !== undefined,
      }
    : { signsIn, isSecondStep };
  return (
    <Entry
      id={entry}
      title={name}
      badges={[...(isSecondStep ? [t("secondStep")] : []), ...(signsIn ? [t("signsIn")] : [])]}
      lines={await linesOf(passkey, when)}
    >
      <RemoveButton what="passkey" id={id} entry={entry} />
      <Disclosure
        summary={t("change")}
        open={naming.isRefused || allowing.isRefused}
        describedBy={entryWords(entry)}
      >
        <PostForm action={renamePasskeyAction} className="grid gap-4">
          <input type="hidden" name="id" value={id} />
          <Field
            {...naming.field("name")}
            label={t("name")}
            defaultValue={naming.value("name") ?? name}
            autoComplete="off"
          />
          <div>
            <Button kind="inline" aria-describedby={entryWords(entry)}>
              {t("saveName")}
            </Button>
          </div>
        </PostForm>
        <PostForm action={allowPasskeyAction} className="grid gap-4">
          <input type="hidden" name="id" value={id} />
          <ConsentBoxes form={allowing} chosen={chosen} named={`allow-${id}`} />
          <TypedPassword
            of={email}
            about={entryWords(entry)}
            {...allowing.field("password")}
            label={t("password")}
            purpose="current"
            required
          />
          <div>
            <Button kind="inline" aria-describedby={entryWords(entry)}>
              {t("saveConsents")}
            </Button>
          </div>
        </PostForm>
      </Disclosure>
    </Entry>
  );
}

async function linesOf(passkey: ShownPasskey, when: (at: Date) => string): Promise<string[]> {
  const t = await getTranslations("passkeys.section");
  const { since, lastUsedAt, isBackedUp, counterFellAt, otherDomain } = passkey;
  const opensNothing = !passkey.signsIn && !passkey.isSecondStep;
  return [
    t("added", { date: when(since) }),
    ...(lastUsedAt ? [t("lastUsed", { date: when(lastUsedAt) })] : []),
    t(isBackedUp ? "backedUp" : "oneDevice"),
    ...(otherDomain === null ? [] : [t("otherDomain", { domain: otherDomain })]),
    ...(opensNothing ? [t("nothingYet")] : []),
    ...(counterFellAt ? [t("counterFell", { date: when(counterFellAt) })] : []),
  ];
}
