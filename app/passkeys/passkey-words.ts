import type { PasskeyWords } from "@/components/passkey-button";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { passkeyNumbers } from "@/lib/passkeys/rules/limits";

/** What a button that asks for a passkey says where there is none, and at which origin it stands. */
export async function passkeyAsk(): Promise<{ words: PasskeyWords; origin: string }> {
  const t = await getTranslations("passkeys.faults");
  const words = {
    cancelled: t("cancelled"),
    known: t("known"),
    "too-many": t("too-many"),
    over: t("over"),
    unavailable: t("unavailable"),
  };
  return { words, origin: env().appUrl };
}

type Refusal = Extract<Notice, { kind: "passkey-refused" }>["because"];

/** Why the answer of a passkey is not taken, and what to do now. */
export async function passkeyRefusal(because: Refusal): Promise<string> {
  const t = await getTranslations("passkeys.refused");
  return t(because, { ...passkeyNumbers, origin: env().appUrl });
}
