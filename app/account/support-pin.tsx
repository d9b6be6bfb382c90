import { getTranslations } from "next-intl/server";
import { Facts } from "@/components/facts";
import { Reference } from "@/components/reference";
import type { LiveSession } from "@/lib/auth/session-store";
import { supportPinOf } from "@/lib/support-pin/support-pin";

/** What a customer reads out when support asks who is calling. */
export async function SupportPin({ account }: Pick<LiveSession, "account">) {
  const t = await getTranslations("contact.phone");
  const pin = supportPinOf(account);
  return (
    <div className="grid gap-1">
      <Facts facts={[{ label: t("pin"), value: <Reference>{pin}</Reference> }]} />
      <p className="text-quiet text-sm">{t("pinHint")}</p>
    </div>
  );
}
