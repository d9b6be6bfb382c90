import { Button } from "@/components/button";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";

/** Sends a draft, or gives it up. */
export async function sendSection() {
  const t = await getTranslations("recover.draft.send");
  return (
    <Section id="send" title={t("title")}>
      <p className="text-quiet">{t("what")}</p>
      <Button name="pressed" value="send">
        {t("submit")}
      </Button>
      <div>
        <Button kind="quiet" name="pressed" value="discard">
          {t("discard")}
        </Button>
      </div>
    </Section>
  );
}
