import { isDeepStrictEqual } from "node:util";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { judgeLive, type Refusal } from "@/lib/templates/judge-live";
import { notifyEditors } from "@/lib/templates/notify-editors";
import { readVersionId } from "@/lib/templates/rules/version-id";
import { addVersion, findNewest, findVersion, type VersionRow } from "@/lib/templates/store";
import { builtInContent, builtInHash, storedContent, storedOf } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";

/** What becomes of a request to go back. */
export type RollBackOutcome =
  /** By its number: a version of its own. */
  | { kind: "rolled-back"; version: number }
  /** It would not pass the gate today. */
  | { kind: "refused"; refusals: Refusal[] }
  /** Another version is live than shown. */
  | { kind: "outdated" }
  /** It is what is live. */
  | { kind: "unchanged" }
  /** No such version; of a block, the built-in text, which it has not. */
  | { kind: "unknown" }
  | { kind: "signed-out" };

/**
 * Makes an older version live again, at once and by one person, through the gate as it is today; the other
 * editors are notified. Drafts stay, begun on an older version than the newest from then on.
 *
 * @param shown.version its id
 * @param shown.seen the id of the newest version as it was shown
 */
export async function rollBack(
  staff: StaffMember,
  key: TextKey,
  shown: { version: string; seen: string },
): Promise<RollBackOutcome> {
  const id = readVersionId(shown.version);
  if (id === null) return { kind: "unknown" };
  return goBack(staff, key, shown.seen, (tx) => findVersion(tx, key, id));
}

/** The same with the built-in text; of the frame with one that changes nothing. Blocks have none. */
export const backToBuiltIn = (
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<RollBackOutcome> => goBack(staff, key, shown.seen, async () => "built-in");

type Target = Pick<VersionRow, "id" | "number" | "document" | "authors"> | "built-in" | null;

async function goBack(
  staff: StaffMember,
  key: TextKey,
  seen: string,
  find: (tx: Database) => Promise<Target>,
): Promise<RollBackOutcome> {
  const outcome = await asEditor(staff, async (tx, now): Promise<RollBackOutcome> => {
    const to = await find(tx);
    const document = to === null || to === "built-in" ? null : to.document;
    const isGoneBlock = document === null && blockNameOf(key.subject) !== null;
    if (to === null || isGoneBlock) return { kind: "unknown" };
    const newest = await findNewest(tx, key);
    if ((newest?.id ?? 0n).toString() !== seen) return { kind: "outdated" };
    if (isDeepStrictEqual(newest?.document ?? null, document)) return { kind: "unchanged" };
    const content = document === null ? builtInContent(key) : storedContent(key, document);
    const { refusals } = await judgeLive(tx, key, content);
    if (content === null || refusals.length > 0) return { kind: "refused", refusals };
    const version = await makeLive(tx, staff, {
      ...{ key, to, now },
      document: document === null ? null : storedOf(content),
    });
    return { kind: "rolled-back", version };
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "text rolled back");
  return outcome;
}

type Going = {
  key: TextKey;
  to: Exclude<Target, null>;
  document: ReturnType<typeof storedOf> | null;
  now: Date;
};

async function makeLive(
  tx: Database,
  staff: StaffMember,
  { key, to, document, now }: Going,
): Promise<number> {
  const { accountId, account } = staff.session;
  const isBuiltIn = to === "built-in";
  const { number } = await addVersion(tx, {
    ...{ key, document, builtIn: builtInHash(key), note: "", publisher: accountId, now },
    action: isBuiltIn ? "built-in" : "rolled-back",
    fromId: isBuiltIn ? null : to.id,
    authors: isBuiltIn ? [] : to.authors.map(({ id }) => id),
  });
  await notifyEditors(tx, {
    kind: "template-made-live",
    except: [accountId],
    client: staff.client,
    about: { text: textName(key), by: account.email },
    now,
  });
  await recordAudit(tx, staff, {
    action: isBuiltIn ? "template-built-in" : "template-rolled-back",
    subject: { kind: "template", id: textName(key) },
    details: { version: number, ...(isBuiltIn ? {} : { to: to.number }) },
    now,
  });
  return number;
}
