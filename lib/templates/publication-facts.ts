import type { StaffMember } from "@/lib/account/staff-member";
import { findStanding } from "@/lib/colleagues/standing-store";
import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { type DraftRow, findAuthors, wasSignedInIn } from "@/lib/templates/draft-store";
import {
  type OwnText,
  ownTextOf,
  type PublicationFacts,
} from "@/lib/templates/rules/judge-publication";
import { findTemplateSettings } from "@/lib/templates/settings";

/** What the publication of a draft by a member of staff is judged by. */
export async function findPublicationFacts(
  database: Database,
  staff: StaffMember,
  of: { key: TextKey; draft: DraftRow | null; seen: string; newest: bigint },
): Promise<PublicationFacts> {
  const { key, draft, seen, newest } = of;
  const { onePersonMayPublish } = await findTemplateSettings(database);
  return {
    draft:
      draft === null
        ? null
        : { revision: draft.revision, base: draft.base, isWaiting: draft.state === "waiting" },
    ...{ seen, newest, onePersonMayPublish },
    own: await findOwnText(database, staff, key),
  };
}

/** Why a member of staff is no second person beside the authors of a text; null: they are one. */
async function findOwnText(
  database: Database,
  staff: StaffMember,
  key: TextKey,
): Promise<OwnText | null> {
  const { accountId, browserId } = staff.session;
  const authors = (await findAuthors(database, key)).map(({ id }) => id);
  const others = authors.filter((id) => id !== accountId);
  const browsers = [...new Set([staff.browserId, browserId])];
  let sharesBrowser = false;
  for (const one of browsers) {
    const filter = { browserId: one, accountIds: others };
    sharesBrowser ||= await wasSignedInIn(database, filter);
  }
  const { sponsors } = await findStanding(database, accountId);
  return ownTextOf({ id: accountId, sponsors, sharesBrowser }, authors);
}
