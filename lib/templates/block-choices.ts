import { database } from "@/lib/db/transaction";
import type { Inline, MailDocument } from "@/lib/mail-document/document";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { findLiveAround } from "@/lib/templates/store";
import { storedContent } from "@/lib/templates/text-content";

/** The named blocks that a text may show, with the variables that each names; a block shows none. */
export async function blockChoices(key: TextKey): Promise<{ name: string; variables: string[] }[]> {
  if (blockNameOf(key.subject) !== null) return [];
  const live = await findLiveAround(database, key.language);
  return live.flatMap(({ document, ...block }) => {
    const name = blockNameOf(block.subject);
    if (name === null || block.language !== key.language) return [];
    const content = storedContent(block, document);
    if (content === null || !("document" in content)) return [];
    return [{ name, variables: [...new Set(variablesIn(content.document))] }];
  });
}

const ofLine = (line: Inline[]): string[] =>
  line.flatMap((inline) => {
    if ("break" in inline) return [];
    const linked =
      inline.link !== undefined && "variable" in inline.link ? [inline.link.variable] : [];
    return "variable" in inline ? [inline.variable, ...linked] : linked;
  });

const variablesIn = ({ pieces }: MailDocument): string[] =>
  pieces.flatMap((piece) => {
    switch (piece.type) {
      case "heading":
      case "paragraph":
        return ofLine(piece.content);
      case "list":
        return piece.items.flatMap(ofLine);
      case "button":
        return [...ofLine(piece.label), ...("variable" in piece.link ? [piece.link.variable] : [])];
      case "panel":
        return [piece.panel];
      default:
        return [];
    }
  });
