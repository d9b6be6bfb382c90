import { database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { judgeLive, type Refusal } from "@/lib/templates/judge-live";
import { readVersionId } from "@/lib/templates/rules/version-id";
import { findVersion } from "@/lib/templates/store";
import { builtInContent, contentOf, storedContent } from "@/lib/templates/text-content";
import type { TypedText } from "@/lib/templates/typed-text";

/** What the gate says now of a text as it is typed: what refuses it first, then what it warns of. */
export async function judgeShown(key: TextKey, typed: TypedText): Promise<Refusal[]> {
  const { refusals, warnings } = await judgeLive(database, key, contentOf(key, typed), typed.text);
  return [...refusals, ...warnings];
}

/**
 * What the gate says now of a version.
 *
 * @param id null: of the built-in text
 */
export async function judgeVersion(key: TextKey, id: string | null): Promise<Refusal[]> {
  const version = id === null ? null : readVersionId(id);
  const found = version === null ? null : await findVersion(database, key, version);
  const content =
    found === null || found.document === null
      ? builtInContent(key)
      : storedContent(key, found.document);
  const { refusals, warnings } = await judgeLive(database, key, content);
  return [...refusals, ...warnings];
}
