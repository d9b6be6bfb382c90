import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { locales } from "@/lib/i18n/locales";
import { blocksOf } from "@/lib/mail/edited/edited-text";
import { mailKinds } from "@/lib/mail/kinds";
import { blockKey, blockNameOf, frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findLiveTexts } from "@/lib/templates/store";
import {
  builtInContent,
  storedContent,
  type TextContent,
  typedOf,
} from "@/lib/templates/text-content";
import { isFrame, kindOf, textName } from "@/lib/templates/text-key-of";
import { describePictures, picturesOf } from "@/lib/templates/transfer/pictures";
import { writeFile } from "@/lib/templates/transfer/text-file";

/** What becomes of an export. */
export type ExportOutcome =
  | { kind: "exported"; name: string; json: string }
  /** None of the texts is there. */
  | { kind: "nothing" }
  | { kind: "signed-out" };

type Exported = { key: TextKey; content: TextContent };

/**
 * The live texts as a JSON file in the plain notation: the built-in ones too where they are asked for by
 * name, with the named blocks that they show; of "all" only what was published. It names the pictures
 * they show, and holds nobody's personal data: no author, note or time.
 */
export async function exportTexts(
  staff: StaffMember,
  keys: TextKey[] | "all",
): Promise<ExportOutcome> {
  return asEditor(staff, async (tx, now): Promise<ExportOutcome> => {
    const live = new Map(
      (await findLiveTexts(tx)).map(({ subject, language, document }) => {
        const key = { subject, language };
        const content = storedContent(key, document) ?? builtInContent(key);
        return [textName(key), { key, content }] as const;
      }),
    );
    const texts =
      keys === "all"
        ? inOrder([...live.values()])
        : inOrder(
            withBlocks(
              keys.flatMap((key) => foundOrBuiltIn(live, key)),
              live,
            ),
          );
    if (texts.length === 0) return { kind: "nothing" };
    const shown = texts.flatMap(({ content }) => picturesOf(content));
    const pictures = await describePictures(tx, shown);
    await recordAudit(tx, staff, {
      action: "templates-exported",
      details: { texts: texts.length },
      now,
    });
    const written = texts.map(({ key, content }) => ({ key, text: typedOf(content) }));
    return { kind: "exported", name: "texts.json", json: writeFile(written, pictures) };
  });
}

type Live = ReadonlyMap<string, Exported>;

function foundOrBuiltIn(live: Live, key: TextKey): Exported[] {
  const found = live.get(textName(key));
  if (found !== undefined) return [found];
  return kindOf(key) !== null || isFrame(key) ? [{ key, content: builtInContent(key) }] : [];
}

/** Texts with the blocks that they show, each in their own language. */
function withBlocks(texts: Exported[], live: Live): Exported[] {
  const shown = texts.flatMap(({ key: { language }, content }) =>
    "frame" in content
      ? []
      : blocksOf(content.document).map((name) => textName(blockKey(name, language))),
  );
  const blocks = shown.flatMap((name) => live.get(name) ?? []);
  return [...new Map([...texts, ...blocks].map((one) => [textName(one.key), one])).values()];
}

/** Blocks first, as mails name them, then the frame and mails in the order of their list. */
function inOrder(texts: Exported[]): Exported[] {
  const isBlock = ({ key }: Exported) => blockNameOf(key.subject) !== null;
  const order = new Map([frameKey, ...mailKeys].map((key, index) => [textName(key), index]));
  const rank = ({ key }: Exported) => order.get(textName(key)) ?? -1;
  const others = texts.filter((one) => !isBlock(one) && rank(one) >= 0);
  return [...texts.filter(isBlock), ...others.sort((one, other) => rank(one) - rank(other))];
}

const mailKeys: TextKey[] = mailKinds.flatMap((subject) =>
  locales.map((language) => ({ subject, language })),
);
