import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";
import { WAS_IT_US_PATH } from "@/lib/mail/links";

/** Leads to where anybody asks whether a mail is ours. */
export async function WasItUsLink() {
  return (
    <p>
      <TextLink href={WAS_IT_US_PATH}>{(await getTranslations("wasItUs"))("link")}</TextLink>
    </p>
  );
}
