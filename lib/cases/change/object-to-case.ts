import { endLink } from "@/lib/account/change-store";
import { caseState } from "@/lib/account/rules/case-states";
import { recordCaseActivity } from "@/lib/cases/case-activity";
import { findObjection } from "@/lib/cases/change/find-objection";
import { notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { judgeStop } from "@/lib/cases/rules/judge-objection";
import {
  caseSubject,
  changeCase,
  endObjectLinks,
  type FoundCase,
  findCase,
  findCasesOf,
} from "@/lib/cases/store";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";

/**
 * What becomes of an objection. `noted`: two of the staff have agreed after an earlier one, and nothing
 * stops. `over`: the page explains it.
 */
export type ObjectOutcome = { kind: "objected" | "noted"; reference: string } | { kind: "over" };

/** Who objects: the account, the old address, and from where. */
type Objecting = { accountId: string; objectedBy: string; client: Client; now: Date };

/**
 * Carries an objection out: the clock stops, agreements given before count no more, and two of the staff
 * look at the case. It may come from whoever took the mailbox, so it ends nothing by itself, and once
 * staff have agreed all the same it stops nothing more.
 *
 * @param client who presses
 */
export async function objectToCase(token: string | null, client: Client): Promise<ObjectOutcome> {
  const first = await findObjection(database, token, readClock());
  if (first === null) return { kind: "over" };
  const { accountId, targetId } = first.link;
  const outcome = await inTransaction(async (tx): Promise<ObjectOutcome> => {
    await lockSubject(tx, accountId);
    await lockSubject(tx, caseSubject(first.found.id));
    const now = readClock();
    const objection = await findObjection(tx, token, now);
    if (objection === null) return { kind: "over" };
    const { link, found, verdict } = objection;
    const objecting = { accountId, objectedBy: link.recipient, client, now };
    switch (verdict.kind) {
      case "live":
        await stop(tx, found, objecting);
        return { kind: "objected", reference: found.reference };
      case "reviewed":
        await endLink(tx, link.id, now);
        await note(tx, found, objecting);
        return { kind: "noted", reference: found.reference };
      default:
        return { kind: "over" };
    }
  });
  log.info({ accountId, caseId: targetId, outcome: outcome.kind }, "case: objection");
  return outcome;
}

/**
 * Objects to every case of an account that is not over, as by the link of a mail: for whoever says that
 * it was not them who used the account. Under the lock of the account.
 *
 * @param objectedBy the address that says so
 * @param client who says so
 * @returns how many cases it stopped
 */
export async function objectToLiveCases(
  tx: Database,
  accountId: string,
  objectedBy: string,
  client: Client,
  now: Date,
): Promise<number> {
  const objecting = { accountId, objectedBy, client, now };
  let stopped = 0;
  for (const { id } of await findCasesOf(tx, accountId)) {
    await lockSubject(tx, caseSubject(id));
    const found = await findCase(tx, id);
    if (found === null) continue;
    const { state, objectedAt } = found;
    const does = judgeStop({ state: caseState(state), objectedAt });
    if (does === "note") await note(tx, found, objecting);
    if (does !== "stop") continue;
    await stop(tx, found, objecting);
    stopped += 1;
  }
  log.info({ accountId, stopped }, "case: objection to all requests");
  return stopped;
}

async function stop(tx: Database, found: FoundCase, objecting: Objecting): Promise<void> {
  const { objectedBy, now } = objecting;
  const stopped = await changeCase(tx, found, {
    state: "open",
    objectedAt: now,
    objectedBy,
    round: { increment: 1 },
    approvedAt: null,
    remindAt: null,
    remindedAt: null,
    coolsUntil: null,
  });
  await endObjectLinks(tx, found.id, now);
  await note(tx, stopped, objecting);
  await notifyOwner(tx, "case-objected", stopped, stopped.account, { now });
  await notifyApplicant(tx, "case-objection", stopped, { now });
}

/** The record of the account says who objected when, whether or not it stopped anything. */
function note(tx: Database, found: FoundCase, { client, now }: Objecting): Promise<void> {
  return recordCaseActivity(tx, found, { kind: "case-objected", client, now });
}
