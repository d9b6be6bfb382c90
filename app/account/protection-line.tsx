import { LinkRow, LinkRows } from "@/components/link-rows";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { readTwoStep } from "@/lib/two-step/two-step-page";

/** In one line how well the account is protected, and the next step. */
export async function ProtectionLine({ session }: { session: LiveSession }) {
  const t = await getTranslations("twoStep.protection");
  const { protection, codes } = await readTwoStep(session);
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
