import type { Actor } from "@/lib/account/actor";
import { type Client, type ClientDetails, detailsOf } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { judgeMayLetIn } from "@/lib/let-in/judge-may";
import type { MayLetIn } from "@/lib/let-in/rules/judge-let-in";
import { findOpenSignIns } from "@/lib/let-in/store";

/** A sign-in that waits, as where the customer is in already shows it: without its number. */
export type WaitingSignIn = ClientDetails & { since: Date; until: Date };

/** What `/account/let-in` shows. */
export type LetInPage = { may: MayLetIn["kind"]; waiting: WaitingSignIn[] };

async function listWaiting(accountId: string): Promise<WaitingSignIn[]> {
  const rows = await findOpenSignIns(database, accountId, readClock());
  return rows
    .filter(({ isLetIn }) => !isLetIn)
    .map(({ createdAt, expiresAt, ...from }) => ({
      ...detailsOf(from),
      since: createdAt,
      until: expiresAt,
    }));
}

/** Reads whether this session may let a sign-in in, and which wait. Changes nothing. */
export async function readLetInPage(session: Actor["session"], client: Client): Promise<LetInPage> {
  const { kind: may } = await judgeMayLetIn(database, session, client);
  return { may, waiting: may === "allowed" ? await listWaiting(session.accountId) : [] };
}

/** The sign-ins that this session may let in now; none where it may not. */
export async function findWaiting(
  session: Actor["session"],
  client: Client,
): Promise<WaitingSignIn[]> {
  // What the session itself says spares the statements.
  if (session.codeProvenAt === null || session.account.hasFactor || client.ip === null) return [];
  const waiting = await listWaiting(session.accountId);
  if (waiting.length === 0) return [];
  const may = await judgeMayLetIn(database, session, client);
  return may.kind === "allowed" ? waiting : [];
}
