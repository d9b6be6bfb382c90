import { twoStepOfPage } from "@/app/account/two-step-of-page";
import { LinkRow, LinkRows } from "@/components/link-rows";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";

/** In one line how well the account is protected, and the next step. */
export async function ProtectionLine() {
  const t = await getTranslations("twoStep.protection");
  const { protection, codes } = await twoStepOfPage();
  const { by, next } = protection;
  const path = "/account/security/two-step";
  return (
    <Section id="protection" title={t("title")}>
      <p>{t(by)}</p>
      <LinkRows>
        <LinkRow href={next === "codes" || next === "fewCodes" ? `${path}#codes` : path}>
          {t(`next.${next}`, { left: codes?.left ?? 0 })}
        </LinkRow>
      </LinkRows>
    </Section>
  );
}
