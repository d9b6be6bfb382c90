import type { accountWords } from "@/app/account/account-words";
import { rollBackAction } from "@/app/templates/[kind]/versions/actions";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { PostForm } from "@/components/post-form";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { ListedVersion, listVersions } from "@/lib/templates/list-versions";

type VersionListProps = {
  of: TextKey;
  listed: Awaited<ReturnType<typeof listVersions>>;
  words: Awaited<ReturnType<typeof accountWords>>;
  /** The id of the newest version, as it was shown. */
  newest: string;
};

/** The versions of a text, the newest first, each to be made live again. */
export async function VersionList({ of, listed, words, newest }: VersionListProps) {
  const t = await getTranslations("templates.versions");
  const lines = (version: ListedVersion) => [
    words.when(version.at),
    whatWasDone(version, t),
    byWhom(version, t),
    ...(version.note === "" ? [] : [t("note", { note: version.note })]),
  ];
  return (
    <Entries>
      {listed.versions.map((version) => (
        <Entry
          key={version.id}
          id={`version-${version.number}`}
          title={t("version", { number: version.number })}
          badges={[
            ...(version.isLive ? [t("live")] : []),
            ...(version.isBuiltIn ? [t("builtIn")] : []),
          ]}
          lines={lines(version).filter((line) => line !== null)}
        >
          {version.isLive ? null : (
            <PostForm action={rollBackAction}>
              <input type="hidden" name="kind" value={of.subject} />
              <input type="hidden" name="language" value={of.language} />
              <input type="hidden" name="id" value={version.id} />
              <input type="hidden" name="seen" value={newest} />
              <Button kind="inline" aria-describedby={entryWords(`version-${version.number}`)}>
                {t("rollBack")}
              </Button>
            </PostForm>
          )}
        </Entry>
      ))}
    </Entries>
  );
}

type Words = Awaited<ReturnType<typeof getTranslations<"templates.versions">>>;

function whatWasDone({ action, to }: ListedVersion, t: Words): string | null {
  if (action === "rolled-back") return t("rolledBack", { number: to ?? 0 });
  return action === "built-in" ? t("backToBuiltIn") : null;
}

function byWhom({ authors, publisher }: ListedVersion, t: Words): string | null {
  if (publisher === null)
    return authors.length === 0 ? null : t("byAuthors", { authors: authors.join(", ") });
  return authors.length === 0
    ? t("byOne", { publisher })
    : t("by", { authors: authors.join(", "), publisher });
}
