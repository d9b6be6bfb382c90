import { DataTable } from "@/components/data-table";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { ModerationPage } from "@/lib/help/moderation-page";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type ArticleFiguresProps = {
  figures: ModerationPage["figures"];
  titleOf: (article: string) => string;
};

/** What readers say of each article, in numbers. */
export async function ArticleFigures({ figures, titleOf }: ArticleFiguresProps) {
  const t = await getTranslations("helpFeedback.staff.figures");
  const locale = await getLocale();
  const whole = new Intl.NumberFormat(locale);
  const decimal = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return (
    <Section id="figures" title={t("title")}>
      <DataTable
        caption={t("title")}
        headings={[t("article"), t("yes"), t("no"), t("stars"), t("ratings")]}
        numeric={[1, 2, 3, 4]}
        rows={figures.map(({ article, yes, no, average, ratings }) => ({
          key: article,
          cells: [
            <TextLink key="article" href={`/help/${article}`}>
              {titleOf(article)}
            </TextLink>,
            whole.format(yes),
            whole.format(no),
            average === null ? t("noStars") : decimal.format(average),
            whole.format(ratings),
          ],
        }))}
      />
    </Section>
  );
}
