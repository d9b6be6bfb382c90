import { framePath } from "@/app/templates/text-address";
import { Button } from "@/components/button";
import { OwnScript } from "@/components/own-script";
import { Section } from "@/components/section";
import { Select } from "@/components/select";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { mailLooks } from "@/lib/templates/mail-looks";
import type { TextPage } from "@/lib/templates/read-text";
import { isPerson, people } from "@/lib/templates/sample-people";

/** Who a text is shown to, as an address asks; any other is an ordinary customer. */
export const personOf = (asked: string | string[] | undefined) =>
  isPerson(asked) ? asked : people[0];

type PreviewsProps = { of: TextKey; page: TextPage; person: (typeof people)[number] };

/** How what is saved looks: on a phone and a desktop, light and dark, without pictures, as plain text. */
export async function Previews({ of, page, person }: PreviewsProps) {
  const t = await getTranslations("templates.preview");
  return (
    <Section id="preview" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      <form action="#preview" className="flex items-end gap-3">
        <input type="hidden" name="language" value={of.language} />
        <div className="min-w-0 grow">
          <Select
            name="person"
            label={t("person")}
            options={people.map((value) => ({ value, label: t(`people.${value}`) }))}
            defaultValue={person}
          />
        </div>
        <div className="shrink-0">
          <Button kind="inline">{t("show")}</Button>
        </div>
      </form>
      {mailLooks.map((look) => (
        <figure key={look} className="grid min-w-0 content-start gap-2">
          <figcaption className="font-medium text-sm">{t(`looks.${look}`)}</figcaption>
          <div
            className={`overflow-hidden rounded-lg border border-line bg-white ${heights[sizeOf(look)]}`}
          >
            <iframe
              title={t(`looks.${look}`)}
              name={`preview-${look}`}
              data-mail-preview={look}
              src={framePath(of, { show: look, person, revision: page.revision })}
              loading="lazy"
              sandbox=""
              className={frames[sizeOf(look)]}
            />
          </div>
        </figure>
      ))}
      <OwnScript name="mail-preview" />
    </Section>
  );
}

// A desktop's width is shown smaller, so that it stands beside the text.
const sizeOf = (look: (typeof mailLooks)[number]) =>
  look.startsWith("desktop") || look === "no-images" ? "desktop" : "phone";
const heights = { phone: "h-[32rem]", desktop: "h-[26rem]" } as const;
const frames = {
  phone: "h-full w-full border-0",
  desktop: "h-[43.4rem] w-[40rem] origin-top-left scale-60 border-0",
} as const;
