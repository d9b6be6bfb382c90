import type { StaffMember } from "@/lib/account/staff-member";
import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { type DraftRow, findAuthors } from "@/lib/templates/draft-store";
import type { PublicationFacts } from "@/lib/templates/rules/judge-publication";
import { findTemplateSettings } from "@/lib/templates/settings";

/** What the publication of a draft by a member of staff is judged by. */
export async function findPublicationFacts(
  database: Database,
  staff: StaffMember,
  of: { key: TextKey; draft: DraftRow | null; seen: string; newest: bigint },
): Promise<PublicationFacts> {
  const { key, draft, seen, newest } = of;
  const { onePersonMayPublish } = await findTemplateSettings(database);
  const authors = await findAuthors(database, key);
  return {
    draft:
      draft === null
        ? null
        : { revision: draft.revision, base: draft.base, isWaiting: draft.state === "waiting" },
    ...{ seen, newest, onePersonMayPublish },
    isAuthor: authors.some(({ id }) => id === staff.session.accountId),
  };
}
