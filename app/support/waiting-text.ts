import { numberText } from "@/lib/figures/figure-words";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { countText, type WaitingCounts } from "@/lib/support/what-waits";

/** How much of something waits, as a figure beside a word, such as "7" or "99+". */
export async function waitingFigure(count: number): Promise<string> {
  const locale = await getLocale();
  return countText(count, (number) => numberText(number, locale));
}

/** How much of something waits, in words, such as "7 cases wait for a decision". */
export async function waitingText(of: keyof WaitingCounts, count: number): Promise<string> {
  const t = await getTranslations("supportDesk.waits");
  if (count === 0) return t(`${of}.none`);
  return t(`${of}.count`, { count, shown: await waitingFigure(count) });
}
