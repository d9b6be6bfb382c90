import { TextLink } from "@/components/text-link";
import type { SearchOutcome } from "@/lib/help/search-articles";
import { getTranslations } from "@/lib/i18n/translations";

/** What a search found, or what to do where it found nothing. */
export async function SearchResults({ outcome }: { outcome: SearchOutcome }) {
  const t = await getTranslations("help.search");
  const { query } = outcome;
  if (outcome.kind === "nothing") {
    return (
      <section aria-labelledby="results">
        <h2 id="results">{t("title")}</h2>
        <div role="status">
          <p className="font-semibold">{t("nothing", { query })}</p>
          <p>{t("nothingNext")}</p>
        </div>
      </section>
    );
  }
  const { parts, kind } = outcome;
  return (
    <section aria-labelledby="results">
      <h2 id="results">{t("title")}</h2>
      <p role="status" className="text-quiet">
        {t(kind === "all" ? "found" : "foundSome", { query, count: parts.length })}
      </p>
      <dl className="mt-4 grid gap-5">
        {parts.map(({ href, title, articleTitle, sentence }) => (
          <div key={href}>
            <dt>
              <TextLink href={href}>{title}</TextLink>
            </dt>
            {articleTitle === title ? null : (
              <dd className="text-quiet text-sm">{t("inArticle", { title: articleTitle })}</dd>
            )}
            <dd>{sentence}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
