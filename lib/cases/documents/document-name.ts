import type { DocumentType } from "@/lib/cases/documents/read-document";
import { isVisible } from "@/lib/typed/visible";

const NAME_MAX_LENGTH = 100;
const NAMELESS = "document";

// The first of each is added where none of them stands there.
const endings = {
  "application/pdf": [".pdf"],
  "image/jpeg": [".jpg", ".jpeg"],
  "image/png": [".png"],
} as const satisfies Record<DocumentType, readonly [string, ...string[]]>;

/**
 * What a file is called from now on: no path, nothing invisible, and an ending that says what it is.
 *
 * @param given as the browser sent it, from anybody
 * @param type by the file's content
 */
export function documentName(given: string, type: DocumentType): string {
  const [last = ""] = given.split(/[/\\]/).slice(-1);
  const visible = last.normalize("NFC").replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, " ");
  const plain = visible.replace(/\s+/gu, " ").replace(/^[. ]+|[. ]+$/g, "");
  const known = endings[type].find((ending) => plain.toLowerCase().endsWith(ending));
  const stem = known === undefined ? plain : plain.slice(0, -known.length).trimEnd();
  const ending = known ?? endings[type][0];
  const shortened = [...(!isVisible(stem) ? NAMELESS : stem)].slice(
    0,
    NAME_MAX_LENGTH - ending.length,
  );
  return `${shortened.join("").trimEnd()}${ending}`;
}
