import type { accountWords } from "@/app/account/account-words";
import { getTranslations } from "@/lib/i18n/translations";
import { blockNameOf } from "@/lib/mail-document/text-key";
import type { TextPage } from "@/lib/templates/read-text";

type Words = Awaited<ReturnType<typeof accountWords>>;

/**
 * @param subject whose text is not published
 * @returns the key in the words of `templates.text` that says what is sent instead
 */
export function unpublishedWord(subject: string) {
  if (subject === "frame") return "nothingSet";
  return blockNameOf(subject) === null ? "isBuiltIn" : "noBlock";
}

/** What is sent, and what is written and not sent yet. */
export async function TextState({ page, words }: { page: TextPage; words: Words }) {
  const t = await getTranslations("templates.text");
  const { key, draft, live, isBuiltInChanged } = page;
  const isOwn = live !== null && live.action !== "built-in";
  return (
    <div className="grid gap-1">
      <p>
        {isOwn
          ? t("isPublished", { number: live.number, date: words.when(live.at) })
          : t(unpublishedWord(key.subject))}
      </p>
      {draft === null ? null : (
        <p>
          {t(draft.state === "waiting" ? "isWaiting" : "isDraft", {
            name: draft.savedBy ?? t("somebody"),
            date: words.when(draft.savedAt),
          })}
        </p>
      )}
      {draft?.sentBack ? (
        <p className="font-medium">{t("sentBack", { reason: draft.sentBack })}</p>
      ) : null}
      {isBuiltInChanged ? <p>{t("builtInChanged")}</p> : null}
    </div>
  );
}
