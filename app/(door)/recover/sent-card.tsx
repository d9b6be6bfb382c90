import { statusPath } from "@/app/(door)/recover/status-path";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";

/** A request that this browser has sent already: its page says the rest. */
export async function SentCard({ token }: { token: string }) {
  const t = await getTranslations("recover");
  return (
    <Card
      title={t("title")}
      below={
        <p>
          <TextLink href="/recover?for=new">{t("status.again")}</TextLink>
        </p>
      }
    >
      <p>{t("gone.sent")}</p>
      <ButtonLink href={statusPath(token)}>{t("gone.toStatus")}</ButtonLink>
    </Card>
  );
}
