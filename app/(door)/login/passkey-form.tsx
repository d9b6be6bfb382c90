import { signInWithPasskeyAction } from "@/app/(door)/login/actions";
import { PasskeyAnswer } from "@/app/passkeys/passkey-answer";
import { passkeyAsk } from "@/app/passkeys/passkey-words";
import { PasskeyButton } from "@/components/passkey-button";
import { PostForm } from "@/components/post-form";
import { getTranslations } from "@/lib/i18n/translations";
import { relyingParty } from "@/lib/passkeys/relying-party";

/** Signs in with a passkey instead of the password, where the browser and this installation know them. */
export async function PasskeyForm({ callbackUrl }: { callbackUrl: string | null }) {
  if (relyingParty() === null) return null;
  const t = await getTranslations("passkeys.button");
  return (
    <PostForm action={signInWithPasskeyAction}>
      {callbackUrl === null ? null : <input type="hidden" name="callbackUrl" value={callbackUrl} />}
      <PasskeyAnswer />
      <PasskeyButton purpose="sign-in" kind="secondary" {...(await passkeyAsk())}>
        {t("signIn")}
      </PasskeyButton>
    </PostForm>
  );
}
