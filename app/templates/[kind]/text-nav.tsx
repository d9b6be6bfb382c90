import { type TextView, textPath } from "@/app/templates/text-address";
import { SectionNav } from "@/components/section-nav";
import { localeNames, locales } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { kindOf } from "@/lib/templates/text-key-of";

const views = ["visual", "plain", "versions"] as const satisfies TextView[];

/** Of a mail's text, which real mails can be made of. */
const mailViews = [...views, "proof"] as const satisfies TextView[];

/** The languages of a text, and the pages about it. */
export async function TextNav({ of, view }: { of: TextKey; view: TextView }) {
  const t = await getTranslations("templates.text");
  return (
    <div className="grid grid-cols-1 gap-2">
      <SectionNav
        label={t("languages")}
        items={locales.map((language) => ({
          href: textPath({ ...of, language }, view),
          label: <span lang={language}>{localeNames[language]}</span>,
          isCurrent: language === of.language,
        }))}
      />
      <SectionNav
        label={t("views")}
        items={(kindOf(of) === null ? views : mailViews).map((one) => ({
          href: textPath(of, one),
          label: t(one),
          isCurrent: one === view,
        }))}
      />
    </div>
  );
}
