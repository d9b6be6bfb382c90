import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { storeLook } from "@/lib/templates/look-store";
import { findBesideLeading } from "@/lib/templates/outdated";
import { findNewest } from "@/lib/templates/store";
import { textName } from "@/lib/templates/text-key-of";

/** What becomes of a look. `outdated`: the leading language has a newer version than was shown. */
export type LookOutcome = { kind: "looked-at" | "outdated" | "not-outdated" | "signed-out" };

/**
 * Notes that a translation was looked at and is still right.
 *
 * @param shown.seen `outdated.version` of `readText`
 */
export async function lookAt(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<LookOutcome> {
  const outcome = await asEditor(staff, async (tx, now): Promise<LookOutcome> => {
    const { outdatedBy } = await findBesideLeading(tx, key, await findNewest(tx, key));
    if (outdatedBy === null) return { kind: "not-outdated" };
    if (outdatedBy.id.toString() !== shown.seen) return { kind: "outdated" };
    await storeLook(tx, key, { seen: outdatedBy.id, at: now });
    await recordAudit(tx, staff, {
      action: "template-looked-at",
      subject: { kind: "template", id: textName(key) },
      details: { leading: outdatedBy.number },
      now,
    });
    return { kind: "looked-at" };
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "translation looked at");
  return outcome;
}
