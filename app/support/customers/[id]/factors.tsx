import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Bullets } from "@/components/bullets";
import { Facts } from "@/components/facts";
import { env } from "@/lib/env/env";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** What an account has for its second step, and what a caller who lost it can do. */
export async function Factors({ page }: CustomerPart) {
  const t = await getTranslations("support.customer.factors");
  const { apps, passkeys, recoveryCodesLeft, isAskedAlways } = page.factors;
  if (apps.length + passkeys.length === 0) return <p>{t("none")}</p>;
  const list = new Intl.ListFormat(await getLocale());
  const named = (names: string[]) =>
    names.length === 0 ? t("noName") : `${names.length}: ${list.format(names)}`;
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          { label: t("apps"), value: named(apps) },
          { label: t("passkeys"), value: named(passkeys) },
          { label: t("codes"), value: recoveryCodesLeft },
          { label: t("asked"), value: t(isAskedAlways ? "always" : "newPlaces") },
        ]}
      />
      <div className="grid gap-2">
        <p className="font-semibold">{t("canDo")}</p>
        <Bullets items={[t("recovery"), t("startCase", { address: lostPage() }), t("cannot")]} />
      </div>
    </div>
  );
}

const lostPage = () => new URL("/recover?lost=second-factor", env().appUrl).href;
