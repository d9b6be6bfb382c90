import { type End, findEnds } from "@/lib/access/ends-store";
import type { Actor } from "@/lib/account/actor";
import { type ClientDetailsWithPlaceName, detailsOf } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { codeMailsAt, type OwnMail } from "@/lib/history/own-mails";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { pageOf, readCursor } from "@/lib/history/rules/page-cursor";
import { findSignIns, type SignInRow } from "@/lib/history/store";
import { afterDays } from "@/lib/moments";

/** Which judged sign-ins are looked for. */
export const signInFilters = ["all", "in", "code", "refused"] as const;
export type SignInFilter = (typeof signInFilters)[number];

const verdictsOf: Record<SignInFilter, readonly string[] | null> = {
  all: null,
  in: ["entered"],
  code: ["asked-for-code", "asked-for-factor"],
  refused: ["refused", "blocked", "waits"],
};

/** How a sign-in or a code was judged, and why, each a message's key. */
export type SignInVerdictKey =
  | "entered"
  | "enteredWithCode"
  | "enteredWithFactor"
  | "enteredWithPasskey"
  | "enteredTrustedBrowser"
  | "signedUp"
  | "enteredByHotline"
  | "enteredByLetIn"
  | "notAsked"
  | "askedForCode"
  | "askedForFactor"
  | "wrongCode"
  | "blockedByWrongCodes"
  | "blocked"
  | "waits"
  | "passwordOff";

/** A judged sign-in as its page shows it. */
export type JudgedSignIn = ClientDetailsWithPlaceName & {
  id: string;
  at: Date;
  verdict: SignInVerdictKey;
  /** Of one that got in: when its session ended, and why; null: it lives, or is not known any more. */
  ended: End | null;
  /** Of one that was asked for a code: the mails with it, as long as they are kept. */
  codeMails: OwnMail[];
};

/** A judged sign-in alone. */
type BareSignIn = Omit<JudgedSignIn, "ended" | "codeMails">;

/** The filter an address asks for; all for anything unknown. */
export function readSignInFilter(text: string | null | undefined): SignInFilter {
  return signInFilters.find((one) => one === text) ?? "all";
}

/** How a stored judgement is said. */
export function verdictKey({
  verdict,
  because,
}: Pick<SignInRow, "verdict" | "because">): SignInVerdictKey {
  switch (verdict) {
    case "asked-for-code":
      return "askedForCode";
    case "asked-for-factor":
      return "askedForFactor";
    case "blocked":
      return "blocked";
    case "waits":
      return "waits";
    case "refused":
      if (because === "password-off") return "passwordOff";
      return because === "blocked-by-wrong-codes" ? "blockedByWrongCodes" : "wrongCode";
  }
  switch (because) {
    case "right-code":
      return "enteredWithCode";
    case "right-factor":
      return "enteredWithFactor";
    case "passkey":
      return "enteredWithPasskey";
    case "known-browser":
      return "enteredTrustedBrowser";
    case "sign-up":
      return "signedUp";
    case "hotline":
      return "enteredByHotline";
    case "let-in":
      return "enteredByLetIn";
    case "known-place":
      return "entered";
    default:
      return "notAsked";
  }
}

const shown = (row: SignInRow): BareSignIn => {
  const { id, at, placeName } = row;
  return { id, at, verdict: verdictKey(row), placeName, ...detailsOf(row) };
};

async function withEnds(accountId: string, rows: SignInRow[]): Promise<JudgedSignIn[]> {
  const entered = rows.filter(({ verdict }) => verdict === "entered").map(({ at }) => at);
  const { sessions } = await findEnds(database, accountId, { sessions: entered });
  const asked = rows.filter(({ verdict }) => verdict === "asked-for-code").map(({ at }) => at);
  const mails = await codeMailsAt(accountId, asked);
  return rows.map((row) => ({
    ...shown(row),
    ended: (row.verdict === "entered" && sessions.get(row.at.getTime())) || null,
    codeMails: (row.verdict === "asked-for-code" && mails.get(row.at.getTime())) || [],
  }));
}

const since = () => afterDays(readClock(), -HISTORY_DAYS);

/**
 * A page of the sign-ins of the last 90 days, the latest first.
 *
 * @param after where the page before ended, as its address says; from anybody
 */
export async function listSignIns(
  session: Actor["session"],
  which: { filter: SignInFilter; after: string | null },
): Promise<{ signIns: JudgedSignIn[]; next: string | null }> {
  const rows = await findSignIns(database, {
    accountId: session.accountId,
    since: since(),
    verdicts: verdictsOf[which.filter],
    after: readCursor(which.after),
  });
  const page = pageOf(rows);
  return { signIns: await withEnds(session.accountId, page.rows), next: page.next };
}

/** The latest sign-in of the last 90 days that was refused, blocked or had to wait; null: none was. */
export async function lastRefusedSignIn(session: Actor["session"]): Promise<BareSignIn | null> {
  const { accountId } = session;
  const which = { accountId, since: since(), after: null, limit: 1 };
  const [row] = await findSignIns(database, { ...which, verdicts: verdictsOf.refused });
  return row === undefined ? null : shown(row);
}

/** Every sign-in of the last 90 days that a filter lets through, for a file. */
export async function allSignIns(
  session: Actor["session"],
  filter: SignInFilter,
): Promise<BareSignIn[]> {
  const { accountId } = session;
  const all = { accountId, since: since(), after: null, limit: null };
  return (await findSignIns(database, { ...all, verdicts: verdictsOf[filter] })).map(shown);
}
