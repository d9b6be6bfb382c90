import { isStaff } from "@/lib/account/roles";
import type { SentState } from "@/lib/cases/request/status-page";
import { sentState } from "@/lib/cases/review/review-queue";
import { findOtherCases, findRecord } from "@/lib/cases/review/review-store";
import { SIGN_INS_BESIDE_A_CASE } from "@/lib/cases/rules/limits";
import { type ClientDetailsWithPlaceName, detailsOf } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { findFactors } from "@/lib/factors/factors-store";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { findSignIns } from "@/lib/history/store";
import { afterDays } from "@/lib/moments";

/** What we know of the account of a case, whole: it is compared with what was sent. */
export type RecordBeside = {
  /** Of the account. */
  id: string;
  name: string;
  email: string;
  addresses: { email: string; confirmed: boolean }[];
  phone: string | null;
  phoneChangedAt: Date | null;
  isStaff: boolean;
  /** When the account is erased, if that was asked for. */
  closesAt: Date | null;
  createdAt: Date;
  /** How many second factors it has, and recovery codes left; never what they are. */
  factors: { apps: number; passkeys: number; recoveryCodesLeft: number };
  /** How many places it trusts. */
  places: number;
  /** The latest times somebody got in. */
  signIns: (ClientDetailsWithPlaceName & { id: string; at: Date })[];
  otherCases: { id: string; reference: string; state: SentState; sentAt: Date }[];
};

async function countFactorsOf(database: Database, accountId: string) {
  const { apps, passkeys, recoveryCodesLeft } = await findFactors(database, accountId);
  return { apps: apps.length, passkeys: passkeys.length, recoveryCodesLeft };
}

/** Reads what stands beside a case; null once the account is gone. */
export async function findRecordBeside(
  database: Database,
  accountId: string,
  caseId: string,
  now: Date,
): Promise<RecordBeside | null> {
  const account = await findRecord(database, accountId);
  if (account === null) return null;
  const signIns = await findSignIns(database, {
    accountId,
    since: afterDays(now, -HISTORY_DAYS),
    verdicts: ["entered"],
    after: null,
    limit: SIGN_INS_BESIDE_A_CASE,
  });
  const others = await findOtherCases(database, { accountId, except: caseId });
  const { name, email, phone, phoneChangedAt, closesAt, createdAt } = account;
  return {
    id: accountId,
    name,
    email,
    addresses: account.addresses.map((address) => ({
      email: address.email,
      confirmed: address.confirmedAt !== null,
    })),
    phone,
    phoneChangedAt,
    isStaff: isStaff(account.role),
    closesAt,
    createdAt,
    factors: await countFactorsOf(database, accountId),
    places: account._count.places,
    signIns: signIns.map(({ id, at: when, placeName, ...from }) => ({
      id,
      at: when,
      placeName,
      ...detailsOf(from),
    })),
    otherCases: others.flatMap(({ id, reference, state, sentAt }) =>
      sentAt === null ? [] : [{ id, reference, state: sentState(state), sentAt }],
    ),
  };
}
