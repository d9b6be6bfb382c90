import { CODE_FORM } from "@/app/(door)/verify/pending-of-page";
import { passkeyAsk } from "@/app/passkeys/passkey-words";
import { PasskeyButton } from "@/components/passkey-button";
import { getTranslations } from "@/lib/i18n/translations";

/** The strongest way first: a passkey, sent with the form of the field beside it and what is chosen there. */
export async function PasskeyStep() {
  const t = await getTranslations("passkeys.button");
  return (
    <PasskeyButton
      purpose="second-step"
      // No submit button of the form: who presses Enter in its field sends what they typed.
      type="button"
      form={CODE_FORM}
      pressed={{ name: "trustAsked", value: "passkey" }}
      {...(await passkeyAsk())}
    >
      {t("secondStep")}
    </PasskeyButton>
  );
}
