import { Facts } from "@/components/facts";
import { Reference } from "@/components/reference";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { seesSupportPin, supportPinOf } from "@/lib/support-pin/support-pin";

/**
 * What a customer reads out when support asks who is calling. One pass must not lead to the next: a
 * session that support let in does not see it, nor one that was never asked for anything.
 */
export async function SupportPin({ session }: { session: LiveSession }) {
  const t = await getTranslations("contact.phone");
  if (!seesSupportPin(session)) return <p className="text-quiet text-sm">{t("pinHidden")}</p>;
  const pin = supportPinOf(session.account);
  return (
    <div className="grid gap-1">
      <Facts facts={[{ label: t("pin"), value: <Reference>{pin}</Reference> }]} />
      <p className="text-quiet text-sm">{t("pinHint")}</p>
    </div>
  );
}
