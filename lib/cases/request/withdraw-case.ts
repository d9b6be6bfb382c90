import { caseState, isLive } from "@/lib/account/rules/case-states";
import { endCase } from "@/lib/cases/end-case";
import { changeSentCase, type Dead } from "@/lib/cases/request/change-sent-case";
import type { Client } from "@/lib/client/client";
import { log } from "@/lib/log/log";

/** What becomes of taking a request back. `over`: it had ended before. */
export type WithdrawOutcome = { kind: "withdrawn" | "over" } | Dead;

/** Takes a sent request back; nothing changes on the account. */
export async function withdrawCase(token: string | null, client: Client): Promise<WithdrawOutcome> {
  const outcome = await changeSentCase(token, async (tx, found, now): Promise<WithdrawOutcome> => {
    if (!isLive(caseState(found.state))) return { kind: "over" };
    await endCase(tx, found, "withdrawn", now, client);
    return { kind: "withdrawn" };
  });
  log.info({ outcome: outcome.kind }, "case: request taken back");
  return outcome;
}
