import { languageOf } from "@/app/templates/text-words";
import { Disclosure } from "@/components/disclosure";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextPage } from "@/lib/templates/read-text";
import type { TypedText } from "@/lib/templates/typed-text";

/** A text as it is typed, to be read and copied from. */
export async function ShownText({ text, language }: { text: TypedText; language: string }) {
  const t = await getTranslations("templates.text");
  const parts = [
    [t("subject"), text.subjectLine],
    [t("previewLine"), text.previewLine],
    [t("body"), text.text],
  ] as const;
  return (
    <dl className="grid gap-3">
      {parts.map(([label, value]) => (
        <div key={label}>
          <dt className="text-quiet text-sm">{label}</dt>
          <dd
            lang={language === "all" ? undefined : language}
            className="mt-1 max-h-[32rem] overflow-auto whitespace-pre-wrap rounded-lg border border-line bg-sunken px-4 py-3 font-mono text-sm [overflow-wrap:anywhere]"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            tabIndex={0}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The leading language's text beside a translation. */
export async function BesideText({ page }: { page: TextPage }) {
  const { leading } = page;
  if (leading === null) return null;
  const t = await getTranslations("templates.text");
  return (
    <Disclosure
      summary={t("besideTitle", { language: languageOf(leading.language) })}
      open={page.outdated !== null}
    >
      <p className="text-quiet">{t("besideLead")}</p>
      <ShownText text={leading.text} language={leading.language} />
    </Disclosure>
  );
}
