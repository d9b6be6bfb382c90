import { heldBy } from "@/lib/cases/request/draft-store";
import type { FoundCase } from "@/lib/cases/store";
import { findCodeMails } from "@/lib/challenge/code-mail-store";
import { type CodeWay, codeWays } from "@/lib/challenge/code-way";
import { judgePending } from "@/lib/challenge/judge-pending";
import { findHeld } from "@/lib/challenge/pending-store";
import { hasResendsLeft } from "@/lib/challenge/rules/judge-resend";
import type { Database } from "@/lib/db/transaction";
import { shownEmail } from "@/lib/typed/email-address";

/** Whose counts and blocks an address's codes go by. */
export const countedBy = (email: string) => ({ purpose: "new-address", email }) as const;

/**
 * A draft's latest code, with the verdict on whether one may be typed now; null: there is none. It
 * belongs to the draft: the network it is typed from does not matter.
 */
async function findJudgedCode(database: Database, draft: FoundCase, now: Date) {
  const code = await findHeld(database, heldBy(draft.id), now);
  return code && { code, ...judgePending(code, now) };
}

/** The address a draft asks for, as its page shows it. */
export type ShownAddress =
  | { kind: "none" }
  | { kind: "confirmed"; email: string }
  | {
      kind: "waits";
      email: string;
      codeId: string;
      until: Date;
      attemptsLeft: number;
      /** How far the mail with the code has come. */
      mails: CodeWay[];
      /** The language that it is in. */
      mailLocale: string;
      /** Whether it may still be sent again. */
      canResend: boolean;
    }
  /** Its code ended before it was typed; null: so long ago that we do not know when. */
  | { kind: "expired"; email: string; at: Date | null }
  | { kind: "block-over"; email: string }
  | { kind: "blocked"; email: string; until: Date; reference: string };

/** Reads how far a draft's new address is. Changes nothing. */
export async function readNewAddress(
  database: Database,
  draft: FoundCase,
  now: Date,
): Promise<ShownAddress> {
  const { newEmail: email, newEmailConfirmedAt } = draft;
  if (email === null) return { kind: "none" };
  if (newEmailConfirmedAt !== null) return { kind: "confirmed", email };
  const found = await findJudgedCode(database, draft, now);
  switch (found?.verdict.kind) {
    case "admitted": {
      const { attemptsLeft } = found;
      const { id: codeId, expiresAt: until } = found.code;
      const mails = await findCodeMails(database, codeId);
      return {
        kind: "waits",
        email,
        codeId,
        until,
        attemptsLeft,
        mails: codeWays([found.code.email], mails, { now, show: shownEmail }),
        mailLocale: found.code.locale,
        canResend: hasResendsLeft(found.code),
      };
    }
    case "blocked": {
      const { until, reference } = found.verdict;
      return { kind: "blocked", email, until, reference };
    }
    case "block-over":
      return { kind: "block-over", email };
    default:
      return { kind: "expired", email, at: found?.code.expiresAt ?? null };
  }
}
