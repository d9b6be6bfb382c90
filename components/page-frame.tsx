import type { ReactNode } from "react";
import { type Brand, BrandMark } from "@/components/brand-mark";
import { LanguageSwitch, type LanguageSwitchProps } from "@/components/language-switch";
import { SkipLink } from "@/components/skip-link";

export type PageFrameProps = {
  brand: Brand;
  words: { skip: string; home: string; area: string; help: string };
  helpHref: string;
  languages: LanguageSwitchProps;
  /** Who is signed in, with the way out; null: nobody, as far as is known. */
  person: ReactNode;
  children: ReactNode;
};

/** What every page stands in: skip link, header with the brand and the person, the page, help and languages. */
export function PageFrame({ brand, words, helpHref, languages, person, children }: PageFrameProps) {
  const bar =
    "mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-1";
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink>{words.skip}</SkipLink>
      <header className="px-4 pt-4 sm:px-8 sm:pt-6">
        <div className={bar}>
          <BrandMark brand={brand} label={words.home} />
          {person ?? <span className="text-quiet">{words.area}</span>}
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="flex-1 px-4 py-8 focus:outline-none sm:px-8 sm:py-14"
      >
        {children}
      </main>
      <footer className="px-4 pb-6 text-sm sm:px-8">
        <div className={`${bar} border-line border-t pt-4`}>
          <LanguageSwitch {...languages} />
          <nav aria-label={words.help} className="-mx-3">
            <a href={helpHref} className="inline-flex min-h-11 items-center px-3">
              <span className="text-link">{words.help}</span>
            </a>
          </nav>
        </div>
      </footer>
    </div>
  );
}
