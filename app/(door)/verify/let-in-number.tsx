import { Facts } from "@/components/facts";
import { LiveRefresh } from "@/components/live-refresh";
import { Reference } from "@/components/reference";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { ipText } from "@/lib/client/ip-text";
import { countryName } from "@/lib/i18n/country-name";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

const REFRESH_SECONDS = 5;

type LetInNumberProps = {
  pending: Pick<PendingPage, "letInNumber" | "passUntil" | "ip" | "countryCode">;
};

/**
 * The number that is typed where the customer is in already, on the page that asks for a mailed code. Shown to
 * everybody there: that it stands here says nothing of whether the account is open somewhere.
 */
export async function LetInNumber({ pending }: LetInNumberProps) {
  const { letInNumber, passUntil, ip, countryCode } = pending;
  if (letInNumber === null || passUntil !== null) return null;
  const t = await getTranslations("verify.letIn");
  const common = await getTranslations("common");
  const from = [ipText(ip, common("networkUnknown")), countryName(countryCode, await getLocale())];
  return (
    <Section title={t("title")}>
      <p>{t("what")}</p>
      <Facts
        facts={[
          {
            label: t("number"),
            value: (
              <span className="text-xl leading-none">
                <Reference>{letInNumber}</Reference>
              </span>
            ),
          },
          { label: t("thisSignIn"), value: from.filter((part) => part).join(", ") },
        ]}
      />
      <p className="text-quiet text-sm">{t("nobody")}</p>
      <p>
        <TextLink href="/verify">{t("reload")}</TextLink>
      </p>
      <LiveRefresh everySeconds={REFRESH_SECONDS} />
    </Section>
  );
}
