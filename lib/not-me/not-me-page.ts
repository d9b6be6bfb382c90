import type { NotifiedOf, Undo } from "@/lib/account/rules/notified-of";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { contactAfter, findPress } from "@/lib/not-me/find-press";
import { findShownFactor, type ShownFactor } from "@/lib/not-me/remove-factor";
import { maskEmail } from "@/lib/typed/mask-email";

/** What the page of a link shows before its button is pressed. */
export type NotMePage =
  /** Nothing we have made, or of an account that is closed. */
  | { kind: "dead" }
  | { kind: "used" }
  | { kind: "expired" }
  | {
      kind: "live";
      maskedEmail: string;
      /** Where the link for a new password goes. */
      maskedContact: string;
      notifiedOf: NotifiedOf;
      at: Date;
      timeZone: string | null;
      blocks: boolean;
      undo: Undo["kind"] | null;
      /** The factor that the mail is about, while the account has it; null: it is about none. */
      factor: ShownFactor | null;
      /** Whether the mail is about several things, which are undone too. */
      undoesMore: boolean;
    };

/** Reads what a link is about and would do. Changes nothing: mail scanners open links too. */
export async function readNotMePage(token: string | null): Promise<NotMePage> {
  const found = await findPress(database, token, readClock());
  if (found === null) return { kind: "dead" };
  const { link, notifiedOf, press, verdict } = found;
  if (verdict.kind !== "live") return verdict;
  return {
    kind: "live",
    maskedEmail: maskEmail(link.account.email),
    maskedContact: maskEmail(contactAfter(found)),
    notifiedOf,
    at: link.createdAt,
    timeZone: link.account.timeZone,
    blocks: press.blocks,
    undo: press.undo?.kind ?? null,
    factor: await findShownFactor(database, found),
    undoesMore: press.also.length > 0,
  };
}
