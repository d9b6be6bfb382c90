import { endLink, findLink } from "@/lib/account/change-store";
import { recordChange } from "@/lib/account/record-change";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { completeEmailChange } from "@/lib/contact/complete-email-change";
import { confirmSide, findEmailChange } from "@/lib/contact/email-change-store";
import { judgeEmailChange, type Side } from "@/lib/contact/rules/judge-email-change";
import { confirmAddress, findAddress } from "@/lib/contact/store";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { type ConfirmingMailKind, confirmingMails } from "@/lib/mail/kinds";
import { openLinkToken } from "@/lib/secrets/link-token";
import { maskEmail } from "@/lib/typed/mask-email";

/**
 * What the page of a confirming link finds. `dead`: nothing that may be shown to who holds the
 * token.
 */
export type ConfirmState =
  | { kind: "open" }
  /** This side has confirmed; the other one has not. */
  | { kind: "confirmed" }
  | { kind: "done" | "cancelled" | "superseded" | "taken" | "undone" | "lapsed" | "removed" };

/** What a confirming link is about. */
export type Confirmable = {
  purpose: ConfirmingMailKind;
  /** The contact e-mail of the account, for a further address masked. */
  account: string;
  /** The address that is to be added, or changed to. */
  address: string;
  until: Date;
  state: ConfirmState;
};

const sideOf = (purpose: ConfirmingMailKind): Side =>
  purpose === "confirm-old-email" ? "old" : "new";

async function find(database: Database, token: string | null, now: Date) {
  for (const purpose of confirmingMails) {
    const id = openLinkToken(purpose, token);
    const link = id === null ? null : await findLink(database, { id, purpose });
    if (link?.targetId) return { purpose, link, ...(await targetOf(database, purpose, link, now)) };
  }
  return null;
}

type Link = NonNullable<Awaited<ReturnType<typeof findLink>>>;

async function targetOf(
  database: Database,
  purpose: ConfirmingMailKind,
  link: Link,
  now: Date,
): Promise<{ targetId: string; address: string; state: ConfirmState }> {
  const { accountId, targetId: id } = link;
  const filter = { id: id ?? "", accountId };
  if (purpose === "confirm-address") {
    const found = await findAddress(database, filter);
    const address = found?.email ?? link.recipient;
    return { targetId: filter.id, address, state: { kind: addressState(found, link, now) } };
  }
  const change = await findEmailChange(database, filter);
  if (change === null) return { targetId: filter.id, address: "", state: { kind: "lapsed" } };
  const state = judgeEmailChange({ ...change, now }, sideOf(purpose));
  return { targetId: filter.id, address: change.newEmail, state };
}

function addressState(
  found: { confirmedAt: Date | null; expiresAt: Date } | null,
  link: Link,
  now: Date,
) {
  if (found === null) return "removed";
  if (found.confirmedAt !== null) return "done";
  if (link.endedBecause === "superseded") return "superseded";
  return found.expiresAt <= now ? "lapsed" : "open";
}

/** Reads what a link is about, for its page. Null for a token we have not made. Changes nothing. */
export async function readConfirmable(token: string | null): Promise<Confirmable | null> {
  const found = await find(database, token, readClock());
  if (found === null) return null;
  const { purpose, link, address, state } = found;
  const account = maskEmail(link.account.email);
  return { purpose, account, address, until: link.expiresAt, state };
}

/**
 * Confirms what a link is about; by whoever reads the mailbox, signed in or not. Pressed twice it says
 * the same again.
 */
export async function confirmByLink(
  token: string | null,
  client: Client,
): Promise<{ kind: "dead" } | { kind: "confirmed" } | { kind: "over" }> {
  const now = readClock();
  const first = await find(database, token, now);
  if (first === null) return { kind: "dead" };
  const outcome = await inTransaction(async (tx) => {
    // Nobody signs up with the address, or changes to it, in this moment.
    if (first.purpose !== "confirm-address") await lockSubject(tx, subjects.signUp(first.address));
    await lockSubject(tx, first.link.accountId);
    const found = await find(tx, token, now);
    if (found?.state.kind !== "open") return { kind: "over" } as const;
    await carryOut(tx, found, client, now);
    return { kind: "confirmed" } as const;
  });
  const { accountId } = first.link;
  log.info({ accountId, purpose: first.purpose, outcome: outcome.kind }, "address confirmed");
  return outcome;
}

type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

async function carryOut(tx: Database, found: Found, client: Client, now: Date): Promise<void> {
  const { purpose, link, targetId } = found;
  await endLink(tx, link.id, now);
  if (purpose === "confirm-address") {
    await confirmAddress(tx, targetId, now);
    await recordChange(tx, {
      kind: "address-added",
      notified: { ...link.account, accountId: link.accountId },
      client,
      now,
      about: { address: found.address },
      undo: { kind: "address", addressId: targetId },
    });
    return;
  }
  await confirmSide(tx, targetId, sideOf(purpose), now);
  await completeEmailChange(tx, { id: targetId, accountId: link.accountId }, client, now);
}
