import type { accountWords } from "@/app/account/account-words";
import { textPath } from "@/app/templates/text-address";
import { languageOf, textWords } from "@/app/templates/text-words";
import { Alert } from "@/components/alert";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";
import { readAlarms } from "@/lib/templates/alarm-editors";
import { textName } from "@/lib/templates/text-key-of";

type Words = Awaited<ReturnType<typeof accountWords>>;

/** The texts that could not be sent lately, so that the built-in ones went out. Nothing where there are none. */
export async function StudioAlarms({ words }: { words: Words }) {
  const alarms = await readAlarms();
  if (alarms.length === 0) return null;
  const t = await getTranslations("templates.list");
  const names = await textWords();
  return (
    <Alert title={t("alarmTitle")} answers={false}>
      <ul className="grid gap-2">
        {alarms.map(({ key, count, reason, lastAt }) => (
          <li key={textName(key)}>
            <TextLink href={textPath(key, "versions")}>
              {`${names.name(key)} (${languageOf(key.language)})`}
            </TextLink>
            <p>{t("alarm", { count, date: words.when(lastAt), reason })}</p>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
