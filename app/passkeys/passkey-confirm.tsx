import { PasskeyAnswer } from "@/app/passkeys/passkey-answer";
import { passkeyAsk } from "@/app/passkeys/passkey-words";
import { PasskeyButton } from "@/components/passkey-button";
import { getTranslations } from "@/lib/i18n/translations";

/**
 * A passkey instead of what is typed into the field beside it, in a form of the customer area, or in that of
 * "that was not me".
 *
 * @param props.checks the field that must be filled in all the same
 */
export async function PasskeyConfirm({
  checks,
  purpose = "confirm",
}: {
  checks?: string;
  purpose?: "confirm" | "not-me";
}) {
  const t = await getTranslations("passkeys.button");
  return (
    <>
      <PasskeyAnswer />
      <PasskeyButton
        purpose={purpose}
        kind="secondary"
        // No submit button of the form: who presses Enter in its field sends what they typed.
        type="button"
        checks={checks}
        {...(await passkeyAsk())}
      >
        {t("secondStep")}
      </PasskeyButton>
    </>
  );
}
