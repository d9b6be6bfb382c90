import { storeActivity } from "@/lib/account/change-store";
import { aboutCase } from "@/lib/cases/about-case";
import { changeSentCase, type Dead } from "@/lib/cases/change-sent-case";
import { caseState, isLive } from "@/lib/cases/rules/case-states";
import { changeCase } from "@/lib/cases/store";
import { tellApplicant, tellOwner } from "@/lib/cases/tell-case";
import { log } from "@/lib/log";
import type { Client } from "@/lib/sign-in/client";

/** What becomes of the wish to take a request back. `over`: it had ended before. */
export type WithdrawOutcome = { kind: "withdrawn" | "over" } | Dead;

/** Takes a sent request back; nothing changes on the account. */
export async function withdrawCase(token: string | null, client: Client): Promise<WithdrawOutcome> {
  const outcome = await changeSentCase(token, async (tx, found, at): Promise<WithdrawOutcome> => {
    if (!isLive(caseState(found.state))) return { kind: "over" };
    const ended = await changeCase(tx, found, { state: "withdrawn", endedAt: at });
    if (ended === null) throw new Error("A case was changed under its lock.");
    const { accountId } = ended;
    if (accountId !== null) {
      await storeActivity(tx, {
        accountId,
        kind: "case-ended",
        about: aboutCase(ended),
        client,
        at,
      });
    }
    await tellOwner(tx, "case-ended", ended, ended.account, { at });
    // Whoever knows the number and guesses the address can take it back too.
    await tellApplicant(tx, "case-stopped", ended, { at });
    return { kind: "withdrawn" };
  });
  log.info({ outcome: outcome.kind }, "lost mailbox: request taken back");
  return outcome;
}
