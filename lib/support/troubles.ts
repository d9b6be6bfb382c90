import type { PasswordOffCause } from "@/lib/access/rules/password-off";
import type { CaseState } from "@/lib/account/rules/case-states";
import { liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import type { ClientDetails } from "@/lib/client/client";
import { countKeys } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { type ListedMail, listedMail } from "@/lib/history/list-mails";
import { findMails } from "@/lib/history/mail-store";
import { MAILS_SHOWN } from "@/lib/history/rules/limits";
import { type MarkCause, readMarkCause } from "@/lib/mail/rules/mark-cause";
import { afterDays, afterHours } from "@/lib/moments";
import { networkText } from "@/lib/network/network";
import type { Customer } from "@/lib/support/customer-store";
import type { Access, ShownBlock } from "@/lib/support/list-access";
import { type FoundMark, findMarks } from "@/lib/support/mark-store";
import { NETWORKS_SHOWN, WRONG_PASSWORDS_SHOWN } from "@/lib/support/rules/limits";
import { mailsInTrouble } from "@/lib/support/rules/mails-in-trouble";
import { type TroubleKind, troubleKinds } from "@/lib/support/rules/place-acts";
import type { WriteAddress } from "@/lib/support/timeline";
import { findCodesMade, findCounted, findWrongCodes } from "@/lib/support/trouble-store";

/** A call back that a second member of staff has to confirm. */
export type NotedCallBack = ClientDetails & {
  /** Of the sign-in. */
  id: string;
  by: string;
  /** Whether whoever looks is the one who called. */
  isOwn: boolean;
  at: Date;
  until: Date;
};

/** A case of a customer that was sent. */
export type CustomerCase = {
  id: string;
  reference: string;
  state: Exclude<CaseState, "draft">;
  sentAt: Date;
};

/** What is wrong with an account now, or waits. */
export type Trouble =
  | { kind: "blocked" | "confirming-blocked"; block: ShownBlock }
  | { kind: "password-off"; since: Date; because: PasswordOffCause }
  | { kind: "call-back"; noted: NotedCallBack }
  | { kind: "pending"; signIns: Access["pending"] }
  | { kind: "case"; found: CustomerCase }
  /** New networks get no code: until then, or until the password is changed. */
  | { kind: "codes-used-up"; codes: number; until: Date | null }
  /** `until`: sign-in from new networks waits that long; null: it does not yet. */
  | { kind: "wrong-passwords"; count: number; until: Date | null }
  | { kind: "address-marked"; mark: ShownMark }
  | { kind: "mail-refused" | "mail-late"; mail: ListedMail }
  | { kind: "wrong-codes"; ip: string | null; wrong: number; lastAt: Date }
  /** The second step is taken away then, unless the customer keeps it. */
  | { kind: "factors-end"; at: Date }
  | { kind: "closing"; at: Date };

/** An address that nothing is sent to, as the page writes it. */
export type ShownMark = Omit<FoundMark, "because"> & { because: MarkCause };

type Known = {
  access: Access;
  passwordOff: { since: Date; because: PasswordOffCause } | null;
  noted: NotedCallBack[];
  cases: CustomerCase[];
  factorsEndAt: Date | null;
};

// What still waits for somebody: an approved case can be refused until it is carried out.
const live: readonly string[] = ["open", "needs-more", "approved"];

/**
 * Everything that is wrong with an account at a moment, or waits, what support looks at first in front.
 *
 * @param known what its page has read already
 * @param write how addresses are written
 */
export async function listTroubles(
  database: Database,
  customer: Customer,
  known: Known,
  { now, write }: { now: Date; write: WriteAddress },
): Promise<Trouble[]> {
  const { access, passwordOff, noted, cases, factorsEndAt } = known;
  const { closesAt } = customer;
  const kindOf = ({ of }: ShownBlock) => (of === "sign-in" ? "blocked" : "confirming-blocked");
  const found: Trouble[] = [
    ...access.blocks.map((block) => ({ kind: kindOf(block), block }) as const),
    ...(passwordOff === null ? [] : [{ kind: "password-off", ...passwordOff } as const]),
    ...noted.map((one) => ({ kind: "call-back", noted: one }) as const),
    ...(access.pending.length === 0 ? [] : [{ kind: "pending", signIns: access.pending } as const]),
    ...cases
      .filter(({ state }) => live.includes(state))
      .map((one) => ({ kind: "case", found: one }) as const),
    ...(await codesUsedUp(database, customer.id, now)),
    ...(await wrongPasswords(database, customer.email, now)),
    ...(await markedAddresses(database, customer.id, write)),
    ...(await mailTroubles(database, customer.id, now, write)),
    ...(await wrongCodes(database, customer.id, now)),
    ...(factorsEndAt === null ? [] : [{ kind: "factors-end", at: factorsEndAt } as const]),
    ...(closesAt === null ? [] : [{ kind: "closing", at: closesAt } as const]),
  ];
  const order = (kind: TroubleKind) => troubleKinds.indexOf(kind);
  return found.toSorted((one, other) => order(one.kind) - order(other.kind));
}

async function codesUsedUp(database: Database, id: string, now: Date): Promise<Trouble[]> {
  const limit = env().accountCodesPerHour;
  const made = await findCodesMade(database, id, { since: afterHours(now, -1), limit });
  if (made.codesSinceRight >= CODES_WITHOUT_A_RIGHT_ONE) {
    return [{ kind: "codes-used-up", codes: made.codesSinceRight, until: null }];
  }
  const oldest = made.lastHour[limit - 1];
  return oldest === undefined
    ? []
    : [{ kind: "codes-used-up", codes: limit, until: afterHours(oldest, 1) }];
}

async function wrongPasswords(database: Database, email: string, now: Date): Promise<Trouble[]> {
  const hits = await findCounted(database, countKeys.passwordsFor(email), afterHours(now, -1));
  const limit = env().passwordAttemptsPerHour;
  const counted = hits.at(-limit);
  const until = counted === undefined ? null : afterHours(counted, 1);
  if (until === null && hits.length < WRONG_PASSWORDS_SHOWN) return [];
  return [{ kind: "wrong-passwords", count: hits.length, until }];
}

async function markedAddresses(
  database: Database,
  accountId: string,
  write: WriteAddress,
): Promise<Trouble[]> {
  const marks = await findMarks(database, accountId);
  return marks.map(({ email, because, words, ...mark }) => ({
    kind: "address-marked",
    mark: { ...mark, email: write(email), because: readMarkCause(because), words },
  }));
}

async function mailTroubles(
  database: Database,
  accountId: string,
  now: Date,
  write: WriteAddress,
): Promise<Trouble[]> {
  const since = afterDays(now, -env().mailKeptDays);
  const mails = await findMails(database, { accountId, since, limit: MAILS_SHOWN });
  return mailsInTrouble(mails).flatMap((row) => {
    const mail = listedMail(row, write);
    const kind = row.state === "queued" ? "mail-late" : "mail-refused";
    return mail === null ? [] : [{ kind, mail } as const];
  });
}

async function wrongCodes(database: Database, id: string, now: Date): Promise<Trouble[]> {
  const rows = await findWrongCodes(database, id);
  const latest = rows.toSorted((a, b) => b.lastWrongAt.getTime() - a.lastWrongAt.getTime());
  return latest.slice(0, NETWORKS_SHOWN).flatMap((row): Trouble[] => {
    const { wrong } = liveAttempts(row, now);
    const ip = row.network === "unknown" ? null : networkText(row.network);
    return wrong === 0 ? [] : [{ kind: "wrong-codes", ip, wrong, lastAt: row.lastWrongAt }];
  });
}
