import { type ActivityKind, activityKinds } from "@/lib/account/activity-kinds";
import { type AuditAction, auditActionOf } from "@/lib/audit/audit-actions";
import { deviceOf } from "@/lib/client/device-name";
import type { Database } from "@/lib/db/transaction";
import { type SignInVerdictKey, verdictKey } from "@/lib/history/list-sign-ins";
import { pageOf, readCursor } from "@/lib/history/rules/page-cursor";
import { type ShownMail, shownMail } from "@/lib/history/shown-mail";
import { type About, aboutSchema } from "@/lib/mail/facts";
import { networkText } from "@/lib/network/network";
import { findTimeline, type TimelineRow } from "@/lib/support/timeline-store";

/** What happened, by its source. */
type Happened =
  | { source: "sign-in"; verdict: SignInVerdictKey }
  | { source: "activity"; kind: ActivityKind; about: About }
  | { source: "mail"; mail: ShownMail }
  | { source: "block"; because: "wrong-codes" | "not-me"; reference: string }
  | { source: "decision"; verdict: "approve" | "refuse" | "ask"; reference: string }
  | { source: "audit"; action: AuditAction };

/** One line of a customer's timeline. */
export type TimelineEntry = Happened & {
  id: string;
  at: Date;
  /** An address, or a network; null if unknown, or where support did it. */
  ip: string | null;
  countryCode: string | null;
  browser: string | null;
  system: string | null;
  /** Who of the staff did it. */
  who: string | null;
  /** Why, in their words. */
  reason: string | null;
};

/** How addresses are written: whole for who has asked to see them, masked for everyone else. */
export type WriteAddress = (email: string) => string;

/**
 * A page of everything that happened on an account, the latest first.
 *
 * @param after where the page before ended, as its address says; from anybody
 */
export async function listTimeline(
  database: Database,
  accountId: string,
  after: string | null,
  write: WriteAddress,
): Promise<{ timeline: TimelineEntry[]; next: string | null }> {
  const { rows, next } = pageOf(await findTimeline(database, accountId, readCursor(after)));
  const timeline = rows.flatMap((row) => {
    const happened = happenedIn(row, write);
    if (happened === null) return [];
    const { id, at, ip, countryCode, userAgent, who, reason } = row;
    const shownIp = ip === null || ip === "unknown" ? null : networkText(ip);
    const from = { ip: shownIp, countryCode, ...deviceOf(userAgent ?? "") };
    return [{ id, at, ...from, who: row.source === "mail" ? null : who, reason, ...happened }];
  });
  return { timeline, next };
}

/** Null for what this version does not know, such as a kind of another one. */
function happenedIn(row: TimelineRow, write: WriteAddress): Happened | null {
  const { source, detail } = row;
  switch (source) {
    case "sign-in":
      return { source, verdict: verdictKey({ verdict: row.kind, because: detail ?? "" }) };
    case "activity": {
      const kind = activityKinds.find((known) => known === row.kind);
      return kind === undefined ? null : { source, kind, about: writtenAbout(row.about, write) };
    }
    case "mail": {
      const stored = { kind: row.kind, recipient: row.who ?? "", facts: row.about, state: detail };
      const mail = shownMail(stored, write);
      return mail && { source, mail };
    }
    case "block":
      return {
        source,
        because: row.kind === "not-me" ? "not-me" : "wrong-codes",
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
