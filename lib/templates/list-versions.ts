import type { StaffMember } from "@/lib/account/staff-member";
import { database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { VERSIONS_PER_PAGE } from "@/lib/templates/rules/limits";
import { readVersionNumber } from "@/lib/templates/rules/version-id";
import { findNewest, findNumbers, findVersions, type VersionAction } from "@/lib/templates/store";

export { readVersionNumber };

/** What was live of a text, from `at` until the next. */
export type ListedVersion = {
  id: string;
  number: number;
  action: VersionAction;
  /** Of one that was rolled back: to which, by its number. */
  to: number | null;
  /** Whether it is the built-in text; of a block, that it is gone. */
  isBuiltIn: boolean;
  isLive: boolean;
  note: string;
  at: Date;
  /** By their names, without those whose accounts are gone. */
  authors: string[];
  publisher: string | null;
};

/** A page of versions. */
export type VersionList = {
  versions: ListedVersion[];
  hasOlder: boolean;
  /** What `rollBack` takes as `seen`; "0": there is no version. */
  newest: string;
  isBuiltInLive: boolean;
};

/**
 * The versions of a text, the newest first.
 *
 * @param before the number of the version that the page before ended with; left out: the first page
 */
export async function listVersions(
  _staff: StaffMember,
  key: TextKey,
  before?: number,
): Promise<VersionList> {
  const newest = await findNewest(database, key);
  const found = await findVersions(database, key, before ?? null);
  const page = found.slice(0, VERSIONS_PER_PAGE);
  const numbers = await findNumbers(
    database,
    page.flatMap(({ fromId }) => fromId ?? []),
  );
  return {
    versions: page.map(({ id, number, action, fromId, document, note, createdAt, ...by }) => ({
      ...{ id: id.toString(), number, action, note, at: createdAt },
      to: fromId === null ? null : (numbers.get(fromId) ?? null),
      isBuiltIn: document === null,
      isLive: id === newest?.id,
      authors: by.authors.map(({ name }) => name),
      publisher: by.publisher?.name ?? null,
    })),
    hasOlder: found.length > page.length,
    newest: (newest?.id ?? 0n).toString(),
    isBuiltInLive: (newest?.document ?? null) === null,
  };
}
