import { judgeTypedCode } from "@/lib/challenge/judge-typed-code";
import { type Opening, openChallenge } from "@/lib/challenge/open-challenge";
import {
  findHeld,
  findPending,
  type Holder,
  type Pending,
  type PendingCookie,
} from "@/lib/challenge/pending-store";
import type { Purpose } from "@/lib/challenge/rules/purposes";
import type { ResendTo } from "@/lib/challenge/rules/resend-to";
import { sendAgain } from "@/lib/challenge/send-again";
import { lockOf } from "@/lib/challenge/subject";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { codeOf } from "@/lib/secrets/code";
import { makeActor } from "@/lib/testing/actors";
import { newDraft } from "@/lib/testing/drafts";
import { clientAt, cookieOf, freshAddress, makeAccount, newBrowser } from "@/lib/testing/people";

/** Where all of them are asked for. */
export const ip = "203.0.113.7";
const client = clientAt(ip);

/** What one purpose needs to be asked for: somebody of its own. */
type Asking = Opening extends infer One
  ? One extends Opening
    ? Omit<One, "client" | "browserId">
    : never
  : never;

/** For each purpose, what makes a request for a code of it. */
export const makeAsking: { [P in Purpose]: () => Promise<Asking & { purpose: P }> } = {
  "sign-in": async () => ({
    purpose: "sign-in",
    account: await makeAccount(),
    callbackPath: null,
    factor: null,
  }),
  "sign-up": async () => ({
    purpose: "sign-up",
    email: freshAddress(),
    locale: "en",
    holder: null,
    registration: { name: "Ines", passwordHash: "a hash" },
    callbackPath: null,
  }),
  widening: async () => {
    const { session } = await makeActor({ codeProven: false });
    const request = { kind: "trust-browser" };
    const { id: sessionId, account } = session;
    return { purpose: "widening", account, sessionId, request, asksFactor: false };
  },
  "new-address": async () => ({
    purpose: "new-address",
    email: freshAddress(),
    locale: "en",
    caseId: await newDraft(),
  }),
};

/** A code that was asked for, and how its challenge is found again. */
export type Asked = {
  id: string;
  asking: Asking;
  cookie: PendingCookie;
  holder: Holder | null;
  code: string;
};

const holderOf = (asking: Asking): Holder | null => {
  if (asking.purpose === "widening") return { purpose: "widening", sessionId: asking.sessionId };
  if (asking.purpose === "new-address") return { purpose: "new-address", caseId: asking.caseId };
  return null;
};

/** Asks for a code, again for the same somebody where one is given. */
export async function ask(asking: Asking): Promise<Asked> {
  const opening: Opening = { ...asking, client, browserId: newBrowser() };
  const asked = await inTransaction((tx) => openChallenge(tx, opening, readClock()));
  const row = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const cookie = cookieOf(asked);
  return { id: row.id, asking, cookie, holder: holderOf(asking), code: codeOf(row) ?? "" };
}

/** The challenge as its holder finds it. */
export const find = (database: Database, { holder, cookie }: Asked): Promise<Pending | null> =>
  holder === null
    ? findPending(database, cookie, readClock())
    : findHeld(database, holder, readClock());

/** Does something with a challenge as the steps do: found, locked, and found again under the lock. */
async function underLock<T>(
  asked: Asked,
  work: (tx: Database, pending: Pending) => Promise<T>,
): Promise<T | { kind: "not-found" }> {
  const found = await find(db, asked);
  if (found === null) return { kind: "not-found" };
  return inTransaction(async (tx) => {
    await lockSubject(tx, lockOf(found));
    const pending = await find(tx, asked);
    return pending === null ? { kind: "not-found" } : work(tx, pending);
  });
}

/** Types a code, from where it was asked for unless another network is given. */
export const type = (asked: Asked, text: string, presentNetwork?: string) =>
  underLock(asked, (tx, pending) =>
    judgeTypedCode(tx, pending, { text, presentNetwork }, readClock()),
  );

/** Presses "Send the code again", for all its addresses or for one of them. */
export const again = (asked: Asked, to: ResendTo | null = null) =>
  underLock(asked, (tx, pending) => sendAgain(tx, pending, readClock(), to));
