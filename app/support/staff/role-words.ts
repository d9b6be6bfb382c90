import { isRole } from "@/lib/account/roles";
import { getTranslations } from "@/lib/i18n/translations";

/** What roles are called in the page's language. */
export async function roleWords(): Promise<(role: string) => string> {
  const t = await getTranslations("staff.roles");
  return (role) => (isRole(role) ? t(role) : role);
}
