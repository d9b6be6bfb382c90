import type { accountWords } from "@/app/account/account-words";
import { textPath } from "@/app/templates/text-address";
import { languageOf, textWords } from "@/app/templates/text-words";
import { DataTable } from "@/components/data-table";
import { getTranslations } from "@/lib/i18n/translations";
import { blockNameOf } from "@/lib/mail-document/text-key";
import type { ListedLanguage, ListedText, TextState } from "@/lib/templates/list-texts";

type Words = Awaited<ReturnType<typeof accountWords>>;

type TextsTableProps = { texts: readonly ListedText[]; words: Words; caption: string };

// What asks for somebody stands out; what is as it came does not.
const looks: Record<TextState, string> = {
  "built-in": "text-quiet",
  published: "font-medium",
  draft: "font-medium",
  waiting: "font-semibold text-accent-text",
  outdated: "font-semibold text-danger",
};

/** Texts with their state in each language, who changed them last, and of mails how many went out. */
export async function TextsTable({ texts, words, caption }: TextsTableProps) {
  const t = await getTranslations("templates.list");
  const states = await getTranslations("templates.states");
  const names = await textWords();
  const areBlocks = texts.every(({ subject }) => blockNameOf(subject) !== null);
  const languages = texts[0]?.languages.map(({ language }) => language) ?? [];
  const state = (subject: string, one: ListedLanguage) => (
    <span key={one.language} className="grid gap-0.5">
      <a
        href={textPath({ subject, language: one.language }, "visual")}
        className={`relative inline-flex min-h-11 items-center underline-offset-4 hover:underline ${looks[one.state]}`}
      >
        <span lang={one.language} className="sr-only">
          {languageOf(one.language)}:{" "}
        </span>
        {states(one.state)}
      </a>
      {one.isBuiltInChanged ? (
        <span className="text-quiet text-sm">{t("builtInChanged")}</span>
      ) : null}
    </span>
  );
  return (
    <DataTable
      caption={caption}
      headings={[
        t(areBlocks ? "block" : "email"),
        ...languages.map(languageOf),
        t("changed"),
        ...(areBlocks ? [] : [t("sent", { days: 30 })]),
      ]}
      numeric={areBlocks ? [] : [languages.length + 2]}
      rows={texts.map((text) => ({
        key: text.subject,
        cells: [
          <span key="name" className="grid min-w-64 gap-0.5">
            <a
              href={`/templates/${encodeURIComponent(text.subject)}`}
              className="inline-flex min-h-11 items-center text-link"
            >
              {names.name(text)}
            </a>
            <span className="font-normal text-quiet text-sm">{names.when(text)}</span>
          </span>,
          ...text.languages.map((one) => state(text.subject, one)),
          <span key="changed" className="block min-w-32 text-sm">
            {lastChange(text, { words, never: t("never") })}
          </span>,
          ...(areBlocks ? [] : [String(text.languages.reduce((sum, { sent }) => sum + sent, 0))]),
        ],
      }))}
    />
  );
}

function lastChange(
  { languages }: ListedText,
  { words, never }: { words: Words; never: string },
): string {
  const changes = languages.flatMap(({ changed }) => (changed === null ? [] : [changed]));
  const last = changes.reduce<(typeof changes)[number] | null>(
    (newest, one) => (newest === null || one.at > newest.at ? one : newest),
    null,
  );
  if (last === null) return never;
  return [last.by, words.when(last.at)].filter((part) => part !== null).join(", ");
}
