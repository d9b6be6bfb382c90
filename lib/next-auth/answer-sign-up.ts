import { setPendingCookie } from "@/lib/challenge/pending-cookie";
import { clearNotice, leaveBlockNotice, leaveNotice } from "@/lib/forms/notice";
import type { SignUpOutcome } from "@/lib/sign-up/sign-up";

/** What a sign-up was asked with, as far as its answer needs it. */
export type SignUpAskedBy = {
  /** Where the request comes from. */
  ip: string | null;
  /** As typed, to be shown again. */
  email: string;
  name?: string;
  /** Whether a pending sign-up moves to another network. */
  moved?: boolean;
};

/**
 * Turns what a sign-up led to into cookies and the notice of the next page.
 *
 * @returns the path of that page
 */
export async function answerSignUp(outcome: SignUpOutcome, asked: SignUpAskedBy): Promise<string> {
  const { ip, email, name, moved = false } = asked;
  switch (outcome.kind) {
    case "code-asked":
      await setPendingCookie(outcome.challengeId, outcome.secret);
      await (moved ? leaveNotice({ kind: "new-code-sent" }) : clearNotice());
      return "/verify";
    case "too-many": {
      const [of, until] = [outcome.of, outcome.until.toISOString()];
      await leaveNotice({ kind: "signup-too-many", of, name: name ?? "", email, until });
      return "/signup";
    }
    // Only a sign-up that moves to another network can find its pending one ended.
    case "no-longer-open":
      return "/signup";
    case "blocked":
      await leaveBlockNotice({ ...outcome, purpose: "sign-up", ip, name, email });
      return "/signup";
  }
}
