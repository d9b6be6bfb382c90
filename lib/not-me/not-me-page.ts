import type { NotifiedOf, Undo } from "@/lib/account/rules/notified-of";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { type AboutFactors, findAboutFactors } from "@/lib/not-me/about-factors";
import { contactAfter, findPress } from "@/lib/not-me/find-press";
import { usablePasskeys } from "@/lib/passkeys/usable-passkeys";
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
      /** The factors that the mail is about, while the account has them; null: it is about none. */
      factors: AboutFactors | null;
      /** Whether a passkey may answer for their removal. */
      hasPasskeys: boolean;
      /** Whether the mail is about several things, which are undone too. */
      undoesMore: boolean;
    };

/** Reads what a link is about and would do. Changes nothing: mail scanners open links too. */
export async function readNotMePage(token: string | null): Promise<NotMePage> {
  const found = await findPress(database, token, readClock());
  if (found === null) return { kind: "dead" };
  const { link, notifiedOf, press, verdict } = found;
  if (verdict.kind !== "live") return verdict;
  const factors = await findAboutFactors(database, found);
  const usable = factors?.mayRemove ? await usablePasskeys(link.accountId) : [];
  return {
    kind: "live",
    maskedEmail: maskEmail(link.account.email),
    maskedContact: maskEmail(contactAfter(found)),
    notifiedOf,
    at: link.createdAt,
    timeZone: link.account.timeZone,
    blocks: press.blocks,
    undo: press.undo?.kind ?? null,
    factors,
    hasPasskeys: usable.some((id) => factors?.steps.every(({ factorId }) => factorId !== id)),
    undoesMore: press.also.length > 0,
  };
}
