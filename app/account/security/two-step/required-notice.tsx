import { isStaff } from "@/lib/account/roles";
import type { LiveSession } from "@/lib/account/session-store";
import { env } from "@/lib/env/env";
import { getTranslations } from "@/lib/i18n/translations";

/** Why nothing else opens, for whoever must have a factor and has none; nothing for everybody else. */
export async function RequiredNotice({ session }: { session: LiveSession }) {
  const { mustEnrol, role } = session.account;
  if (!mustEnrol) return null;
  const t = await getTranslations("security.required");
  return (
    <div className="rounded-lg border-accent border-l-4 bg-sunken px-4 py-3">
      <p className="font-semibold">
        {t(isStaff(role) ? "staff" : "customer", { brand: env().brand.name })}
      </p>
      <p>{t("now")}</p>
    </div>
  );
}
