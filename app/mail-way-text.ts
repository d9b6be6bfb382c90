import type { ListedMail } from "@/lib/history/list-mails";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** What became of a mail in one line: "accepted after 2 seconds, delivered after 4 seconds". */
export async function mailWayText({
  way,
  state,
}: Pick<ListedMail, "way" | "state">): Promise<string> {
  const t = await getTranslations("history.mail");
  const locale = await getLocale();
  if (way.length === 0) return t(state === "queued" ? "queued" : "givenUp");
  const said = way.map(({ state: reached, seconds, reason }) =>
    t(reached, { duration: spanText(seconds, locale), reason: t(`reason.${reason}`) }),
  );
  return said.join(", ");
}
