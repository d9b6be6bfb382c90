import { passkeyRefusal } from "@/app/passkeys/passkey-words";
import { Alert } from "@/components/alert";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { passkeyRefused } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";
import { passkeyNumbers } from "@/lib/passkeys/rules/limits";

/** What the last form of passkeys led to, where no field is at fault. */
export async function PasskeyNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("passkeys.done");
  if (notice?.kind === "form-refused" && notice.form === "add-passkey") {
    const because = passkeyRefused.find((one) => one === notice.reason);
    return because === undefined ? null : <Alert title={await passkeyRefusal(because)} />;
  }
  if (notice?.kind !== "done") return null;
  const { name = "" } = notice.values;
  switch (notice.what) {
    case "passkey-added":
    case "passkey-added-first":
    case "passkey-renamed":
    case "passkey-allowed":
    case "passkey-unchanged":
      return <Status>{t(notice.what, { name })}</Status>;
    case "passkey-known":
    case "passkey-gone":
      return <Alert title={t(notice.what)} />;
    case "passkey-too-many":
      return <Alert title={t(notice.what, passkeyNumbers)} />;
    default:
      return null;
  }
}
