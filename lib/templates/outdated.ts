import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { findLook } from "@/lib/templates/look-store";
import { isOutdated } from "@/lib/templates/rules/text-state";
import { findTemplateSettings } from "@/lib/templates/settings";
import { findNewest, type VersionRow } from "@/lib/templates/store";
import { isFrame } from "@/lib/templates/text-key-of";

/** How a text stands beside the same one in the leading language. */
export type BesideLeading = {
  /** Of the leading language; null: it is that itself, or the frame, which has none. */
  leading: { key: TextKey; newest: VersionRow | null } | null;
  /** The version that nobody has looked at here; null: it is not outdated. */
  outdatedBy: VersionRow | null;
};

/** Looks up how a text stands beside the leading language. */
export async function findBesideLeading(
  database: Database,
  key: TextKey,
  own: VersionRow | null,
): Promise<BesideLeading> {
  const { leadingLanguage: language } = await findTemplateSettings(database);
  if (isFrame(key) || language === key.language) return { leading: null, outdatedBy: null };
  const leadingKey = { subject: key.subject, language };
  const newest = await findNewest(database, leadingKey);
  const isBehind = isOutdated({
    isLeading: false,
    areBuiltIn: (newest?.document ?? null) === null && (own?.document ?? null) === null,
    leading: newest?.id ?? 0n,
    own: own?.id ?? 0n,
    seen: await findLook(database, key),
  });
  return { leading: { key: leadingKey, newest }, outdatedBy: isBehind ? newest : null };
}
