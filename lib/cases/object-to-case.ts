import { storeActivity } from "@/lib/account/change-store";
import { aboutCase } from "@/lib/cases/about-case";
import { type FoundObjection, findObjection } from "@/lib/cases/find-objection";
import { caseSubject, changeCase, endObjectLinks } from "@/lib/cases/store";
import { tellApplicant, tellOwner } from "@/lib/cases/tell-case";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import type { Client } from "@/lib/sign-in/client";
import { type Database, database, inTransaction, lockSubject } from "@/lib/sign-in/store";

/** What becomes of an objection. `over`: the page explains it. */
export type ObjectOutcome = { kind: "objected"; reference: string } | { kind: "over" };

/**
 * Carries an objection out: the clock stops, agreements given before count no more, and two of the staff
 * look at the case. It may come from whoever took the mailbox, so it ends nothing by itself.
 *
 * @param client who presses
 */
export async function objectToCase(token: string | null, client: Client): Promise<ObjectOutcome> {
  const first = await findObjection(database, token, now());
  if (first?.verdict.kind !== "live") return { kind: "over" };
  const { accountId, targetId } = first.link;
  const outcome = await inTransaction(async (tx): Promise<ObjectOutcome> => {
    await lockSubject(tx, accountId);
    await lockSubject(tx, caseSubject(first.found.id));
    const at = now();
    const objection = await findObjection(tx, token, at);
    if (objection?.verdict.kind !== "live") return { kind: "over" };
    await stop(tx, objection, client, at);
    return { kind: "objected", reference: objection.found.reference };
  });
  log.info({ accountId, caseId: targetId, outcome: outcome.kind }, "lost mailbox: objection");
  return outcome;
}

async function stop(
  tx: Database,
  { link, found }: FoundObjection,
  client: Client,
  at: Date,
): Promise<void> {
  const stopped = await changeCase(tx, found, {
    state: "open",
    objectedAt: at,
    objectedBy: link.recipient,
    round: { increment: 1 },
    approvedAt: null,
    remindAt: null,
    remindedAt: null,
    coolsUntil: null,
  });
  if (stopped === null) throw new Error("A case was changed under its lock.");
  await endObjectLinks(tx, found.id, at);
  const { accountId } = link;
  await storeActivity(tx, {
    accountId,
    kind: "case-objected",
    about: aboutCase(stopped),
    client,
    at,
  });
  await tellOwner(tx, "case-objected", stopped, stopped.account, { at });
  await tellApplicant(tx, "case-objection", stopped, { at });
}
