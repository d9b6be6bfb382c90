import { type End, findEnds } from "@/lib/access/ends-store";
import { type ActivityKind, activityKinds } from "@/lib/account/activity-kinds";
import { type AuditAction, auditActionOf } from "@/lib/audit/audit-actions";
import { type BlockCause, blockCause } from "@/lib/challenge/rules/code-attempts";
import { type ClientDetails, detailsOf } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { type ListedMail, listedMail } from "@/lib/history/list-mails";
import { type SignInVerdictKey, verdictKey } from "@/lib/history/list-sign-ins";
import { findMailsById } from "@/lib/history/mail-store";
import { pageOf, readCursor } from "@/lib/history/rules/page-cursor";
import { type About, aboutSchema } from "@/lib/mail/facts";
import { networkText } from "@/lib/network/network";
import { findTimeline, type TimelineRow } from "@/lib/support/timeline-store";

/** What happened, by its source. */
type Happened =
  | { source: "sign-in"; verdict: SignInVerdictKey; ended: End | null }
  | { source: "activity"; kind: ActivityKind; about: About; ended: End | null }
  | { source: "mail"; mail: ListedMail }
  | { source: "block"; because: BlockCause; reference: string }
  | { source: "decision"; verdict: "approve" | "refuse" | "ask"; reference: string }
  | { source: "audit"; action: AuditAction };

/** One line of a customer's timeline. `ip`: an address, or a network; null if unknown, or where support did it. */
export type TimelineEntry = Happened &
  ClientDetails & {
    id: string;
    at: Date;
    /** Who of the staff did it. */
    who: string | null;
    /** Why, in their words. */
    reason: string | null;
  };

/** How addresses are written: whole for who has asked to see them, masked for everyone else. */
export type WriteAddress = (email: string) => string;

/** What of a timeline is shown, by the name that an address has for it. */
export const timelineViews = {
  all: ["sign-in", "activity", "mail", "block", "decision", "audit"],
  "sign-ins": ["sign-in", "block"],
  mails: ["mail"],
  account: ["activity"],
  support: ["decision", "audit"],
} as const satisfies Record<string, readonly TimelineRow["source"][]>;

export type TimelineView = keyof typeof timelineViews;

/** Reads which part of a timeline is asked for; anything else shows all of it. */
export const readTimelineView = (typed: unknown): TimelineView =>
  typeof typed === "string" && Object.hasOwn(timelineViews, typed)
    ? (typed as TimelineView)
    : "all";

/**
 * A page of what happened on an account, the latest first.
 *
 * @param shown.after where the page before ended, as its address says; from anybody
 */
export async function listTimeline(
  database: Database,
  accountId: string,
  shown: { after: string | null; view: TimelineView },
  write: WriteAddress,
): Promise<{ timeline: TimelineEntry[]; next: string | null }> {
  const which = { after: readCursor(shown.after), sources: timelineViews[shown.view] };
  const { rows, next } = pageOf(await findTimeline(database, accountId, which));
  const known = {
    ends: await findEndsOf(database, accountId, rows),
    mails: await findMailsOf(database, rows, write),
  };
  const timeline = rows.flatMap((row) => {
    const happened = happenedIn(row, write, known);
    if (happened === null) return [];
    const { id, at, countryCode, who, reason } = row;
    const ip = row.ip === null || row.ip === "unknown" ? null : networkText(row.ip);
    const from = detailsOf({ ip, countryCode, userAgent: row.userAgent ?? "" });
    return [{ id, at, ...from, who, reason, ...happened }];
  });
  return { timeline, next };
}

/** The mails among some rows, by their ids. */
async function findMailsOf(
  database: Database,
  rows: TimelineRow[],
  write: WriteAddress,
): Promise<Map<string, ListedMail>> {
  const ids = rows.filter(({ source }) => source === "mail").map(({ id }) => id);
  const found = ids.length === 0 ? [] : await findMailsById(database, ids);
  const mails = found.map((row) => listedMail(row, write)).filter((mail) => mail !== null);
  return new Map(mails.map((mail) => [mail.id, mail]));
}

/** What became of the sessions and of the trust in browsers that began in some rows. */
async function findEndsOf(
  database: Database,
  accountId: string,
  rows: TimelineRow[],
): Promise<Map<TimelineRow, End>> {
  const entered = rows.filter((row) => row.source === "sign-in" && row.kind === "entered");
  const trusted = rows.filter((row) => row.source === "activity" && row.kind === "browser-trusted");
  const { sessions, browsers } = await findEnds(database, accountId, {
    sessions: entered.map(({ at }) => at),
    browsers: trusted.map(({ at }) => at),
  });
  const endsOf = (some: TimelineRow[], ends: Map<number, End>) =>
    some.flatMap((row): [TimelineRow, End][] => {
      const end = ends.get(row.at.getTime());
      return end === undefined ? [] : [[row, end]];
    });
  return new Map([...endsOf(entered, sessions), ...endsOf(trusted, browsers)]);
}

type Known = { ends: Map<TimelineRow, End>; mails: Map<string, ListedMail> };

/** Null for what this version does not know, such as a kind of another one. */
function happenedIn(row: TimelineRow, write: WriteAddress, known: Known): Happened | null {
  const { source, detail } = row;
  const ended = known.ends.get(row) ?? null;
  switch (source) {
    case "sign-in":
      return { source, verdict: verdictKey({ verdict: row.kind, because: detail ?? "" }), ended };
    case "activity": {
      const kind = activityKinds.find((one) => one === row.kind);
      return kind ? { source, kind, about: writtenAbout(row.about, write), ended } : null;
    }
    case "mail": {
      const mail = known.mails.get(row.id);
      return mail === undefined ? null : { source, mail };
    }
    case "block":
      return {
        source,
        because: blockCause(row.kind),
        reference: detail ?? "",
      };
    case "decision": {
      const verdict = (["approve", "refuse", "ask"] as const).find((one) => one === row.kind);
      return verdict === undefined ? null : { source, verdict, reference: detail ?? "" };
    }
    case "audit": {
      const action = auditActionOf(row.kind);
      return action === null ? null : { source, action };
    }
  }
}

function writtenAbout(stored: unknown, write: WriteAddress): About {
  const about = aboutSchema.parse(stored);
  const { address, addressBefore } = about;
  return {
    ...about,
    ...(address === undefined ? {} : { address: write(address) }),
    ...(addressBefore === undefined ? {} : { addressBefore: write(addressBefore) }),
  };
}
