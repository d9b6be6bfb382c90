import type { ListedMail } from "@/lib/history/list-mails";
import { spanText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

// Of what is not on its way, and of what a version did that noted no more.
const wordsOfNone = {
  queued: "queued",
  sent: "sentEarlier",
  dropped: "givenUp",
  refused: "refusedEarlier",
} as const;

/** What became of a mail in one line: "accepted after 2 seconds, delivered after 4 seconds". */
export async function mailWayText({
  way,
  state,
}: Pick<ListedMail, "way" | "state">): Promise<string> {
  const t = await getTranslations("history.mail");
  const locale = await getLocale();
  if (way.length === 0) return t(wordsOfNone[state]);
  const said = way.map(({ state: reached, source, seconds, reason }) =>
    // Who was asked does not say when it happened.
    t(source === "look" ? `found.${reached}` : reached, {
      ...{ duration: spanText(seconds, locale), reason: t(`reason.${reason}`) },
    }),
  );
  return said.join(", ");
}
