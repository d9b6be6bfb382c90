import { framePath } from "@/app/templates/text-address";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { TextPage } from "@/lib/templates/read-text";

const looks = ["phone-light", "phone-dark", "desktop-light", "no-images", "plain-text"] as const;

/** How what is saved looks: on a phone and a desktop, light and dark, without pictures, as plain text. */
export async function Previews({ of, page }: { of: TextKey; page: TextPage }) {
  const t = await getTranslations("templates.preview");
  return (
    <Section id="preview" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        {looks.map((look) => (
          <figure key={look} className="grid min-w-0 content-start gap-2">
            <figcaption className="font-medium text-sm">{t(`looks.${look}`)}</figcaption>
            <iframe
              title={t(`looks.${look}`)}
              name={`preview-${look}`}
              data-mail-preview=""
              src={framePath(of, { look, revision: page.revision })}
              loading="lazy"
              sandbox=""
              className={`h-[36rem] rounded-lg border border-line bg-white ${
                look.startsWith("phone") ? "w-full max-w-[24.5rem]" : "w-full"
              }`}
            />
          </figure>
        ))}
      </div>
    </Section>
  );
}
