import type { ReactNode } from "react";
import { keepPasskeyAction } from "@/app/account/actions";
import { PasskeyAnswer } from "@/app/passkeys/passkey-answer";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { env } from "@/lib/env/env";
import { getTranslations } from "@/lib/i18n/translations";
import { mayBeOffered } from "@/lib/passkeys/offer-passkey";

/**
 * Has a browser that knows how make a passkey by itself, after a sign-in with the password; the page says so
 * in place once it has. Nothing is shown before, and nothing anywhere else.
 */
export async function PasskeyOffer({ session }: { session: LiveSession }) {
  if (!mayBeOffered(session)) return null;
  const t = await getTranslations("passkeys");
  const link = (words: ReactNode) => <TextLink href={TWO_STEP_PATH}>{words}</TextLink>;
  return (
    <div data-passkey-here={env().appUrl} data-script="/scripts/passkey.js">
      <PostForm action={keepPasskeyAction} data-passkey-offer="" hidden>
        <PasskeyAnswer />
      </PostForm>
      <div
        role="status"
        hidden
        data-offered
        className="rounded-lg border-accent border-l-4 bg-sunken px-4 py-3"
      >
        {t.rich("offered", { link })}
      </div>
    </div>
  );
}
