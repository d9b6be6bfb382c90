import {
  enhancedStatusOf,
  type FailureReason,
  failureReasonOf,
  marksAddress,
} from "@/lib/mail/rules/failure-reason";
import type { ReachedState } from "@/lib/mail/rules/mail-state";
import type { MarkCause } from "@/lib/mail/rules/mark-cause";
import { firstWords } from "@/lib/mail/rules/refusal";

/** What a report says of one recipient (RFC 3464, section 2.3). */
export type RecipientStatus = {
  /** The final and the original recipient, as far as they are named. */
  recipients: string[];
  /** failed, delayed, delivered, relayed or expanded; in lower case. */
  action: string;
  /** The enhanced status code (RFC 3463); null: it has none. */
  status: string | null;
  /** The receiving server's words; null: they are not repeated. */
  words: string | null;
  /** When it was tried last; null: that is not said. */
  attemptedAt: Date | null;
};

/** A report of a mail server on a mail that it could not deliver, or not yet. */
export type DeliveryStatus = {
  /** What we called the mail when it was handed over (RFC 3461, ENVID); null: it is not repeated. */
  envelopeId: string | null;
  recipients: RecipientStatus[];
};

/** What that means for the mail, and for its address. */
export type ReturnMeaning = {
  state: ReachedState;
  reason: FailureReason | null;
  status: string | null;
  marks: MarkCause | null;
};

const GROUPS_READ = 50;

/** The fields of each group, their first words: a line that begins with a gap goes on from the one before. */
function groupsOf(text: string): Map<string, string>[] {
  const unfolded = text.replace(/\r\n?/g, "\n").replace(/\n[ \t]+(?=\S)/g, " ");
  return unfolded
    .split(/\n[ \t]*\n/)
    .slice(0, GROUPS_READ)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.split("\n")) {
        const [, name, value] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
        const key = name?.toLowerCase();
        // What is named twice is what it was named first.
        if (key !== undefined && !fields.has(key)) fields.set(key, firstWords(value ?? "").trim());
      }
      return fields;
    });
}

// "rfc822; somebody@example.com", of which old servers leave the type out.
function addressIn(field: string | undefined): string[] {
  const [, address] =
    /^(?:(?:rfc822|utf-?8)\s*;)?\s*<?([^\s<>;]+@[^\s<>;]+)>?/i.exec(field ?? "") ?? [];
  return address === undefined ? [] : [address];
}

function momentIn(field: string | undefined): Date | null {
  const at = new Date(field ?? "");
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Reads the text of a part of type message/delivery-status; what cannot be read is left out. */
export function readDeliveryStatus(text: string): DeliveryStatus {
  const groups = groupsOf(text);
  const envelopeId = groups
    .map((fields) => fields.get("original-envelope-id"))
    .find((value) => value !== undefined);
  const recipients = groups.flatMap((fields) => {
    const action = /^[a-z]+/i.exec(fields.get("action") ?? "")?.[0]?.toLowerCase();
    if (action === undefined) return [];
    const named = [fields.get("final-recipient"), fields.get("original-recipient")];
    return [
      {
        recipients: named.flatMap(addressIn),
        action,
        status: /^([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(fields.get("status") ?? "")?.[1] ?? null,
        words: fields.get("diagnostic-code")?.replace(/^[\w-]+\s*;\s*/, "") ?? null,
        attemptedAt: momentIn(fields.get("last-attempt-date")),
      },
    ];
  });
  return { envelopeId: envelopeId ?? null, recipients };
}

// x.0.0 says nothing; the receiving server's own code, which stands in its words, may say more.
function exactStatus({ status, words }: RecipientStatus): string | null {
  if (status !== null && !status.endsWith(".0.0")) return status;
  const said = enhancedStatusOf(words ?? "");
  if (status === null) return said;
  return said?.[0] === status[0] ? said : status;
}

/**
 * What a report of a recipient means for the mail. An address is marked only where its mailbox is gone for
 * good: never for a full one, for mail that is blocked, or for a delay.
 *
 * @returns null: nothing for a mail's way, or it contradicts itself
 */
export function judgeRecipientStatus(said: RecipientStatus): ReturnMeaning | null {
  const status = exactStatus(said);
  const kind = status?.[0] ?? null;
  const reason = failureReasonOf({ status, words: said.words ?? "" });
  switch (said.action) {
    case "failed": {
      if (kind === "2") return null;
      const isLasting = kind === "5" && marksAddress(reason);
      return { state: "refused", reason, status, marks: isLasting ? "bounced" : null };
    }
    case "delayed":
      return kind === "2" ? null : { state: "delayed", reason, status, marks: null };
    case "delivered":
      return kind === "2" ? { state: "delivered", reason: null, status, marks: null } : null;
    default:
      return null;
  }
}
