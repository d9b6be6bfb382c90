import { removeBlockAction } from "@/app/templates/blocks/actions";
import { textPath } from "@/app/templates/text-address";
import { languageOf, textWords } from "@/app/templates/text-words";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Entries, Entry, entryWords } from "@/components/entry";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import type { RemovableBlock } from "@/lib/templates/remove-block";
import { textName } from "@/lib/templates/text-key-of";

type RemoveBlocksProps = { blocks: RemovableBlock[]; notice: Notice | null };

/** Takes blocks away, each in one language; behind an opening, since it is done at once. */
export async function RemoveBlocks({ blocks, notice }: RemoveBlocksProps) {
  if (blocks.length === 0) return null;
  const t = await getTranslations("templates.blocks");
  const isAnswered = notice?.kind === "form-refused" && notice.form === "remove-block";
  return (
    <Disclosure summary={t("removeTitle")} open={isAnswered}>
      <p>{t("removeLead")}</p>
      <Entries>
        {blocks.map((block) => {
          const id = `remove-${textName(block.key).replace(/[^a-z0-9]/g, "-")}`;
          const name = blockNameOf(block.key.subject) ?? "";
          return (
            <Entry
              key={id}
              id={id}
              title={`${name} (${languageOf(block.key.language)})`}
              badges={block.is === "draft" ? [t("draftAlone")] : []}
              lines={block.is === "draft" ? [t("removeDraftLead")] : []}
            >
              {block.uses.length > 0 ? (
                <Uses of={block.uses} words={t("usedBy")} />
              ) : (
                <PostForm action={removeBlockAction}>
                  <input type="hidden" name="kind" value={block.key.subject} />
                  <input type="hidden" name="language" value={block.key.language} />
                  <input type="hidden" name="seen" value={block.seen} />
                  <Button kind="inline" aria-describedby={entryWords(id)}>
                    {t("remove")}
                  </Button>
                </PostForm>
              )}
            </Entry>
          );
        })}
      </Entries>
    </Disclosure>
  );
}

async function Uses({ of, words }: { of: TextKey[]; words: string }) {
  const names = await textWords();
  return (
    <div className="grid gap-1 text-sm">
      <p>{words}</p>
      <ul className="grid list-disc pl-5">
        {of.map((key) => (
          <li key={textName(key)}>
            <TextLink href={textPath(key, "visual")}>
              {`${names.name(key)} (${languageOf(key.language)})`}
            </TextLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
