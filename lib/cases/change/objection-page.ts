import { findObjection } from "@/lib/cases/change/find-objection";
import type { ObjectionVerdict } from "@/lib/cases/rules/judge-objection";
import { type Lost, readLost } from "@/lib/cases/rules/lost";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { maskEmail } from "@/lib/typed/mask-email";

/** A link whose button still does something. */
export type OpenObjection = {
  /** `reviewed`: two of the staff have agreed after an objection, and one more is only noted. */
  kind: "live" | "reviewed";
  reference: string;
  lost: Lost;
  maskedEmail: string;
  maskedNewEmail: string | null;
  sentAt: Date | null;
  ip: string | null;
  countryCode: string | null;
  /** When the change is carried out; null: staff have not agreed. */
  coolsUntil: Date | null;
  timeZone: string | null;
};

/** What the page of a link shows before its button is pressed. */
export type ObjectionPage =
  /** Nothing we have made, or of an account that is closed. */
  | { kind: "dead" }
  | {
      kind: Exclude<ObjectionVerdict["kind"], OpenObjection["kind"]>;
      reference: string;
      /** Until when the link works. */
      expiresAt: Date;
      objectedAt: Date | null;
      /** When the change is carried out; null: staff have not agreed. */
      coolsUntil: Date | null;
      timeZone: string | null;
    }
  | OpenObjection;

/** Reads what a link objects to. Changes nothing: mail scanners open links too. */
export async function readObjectionPage(token: string | null): Promise<ObjectionPage> {
  const objection = await findObjection(database, token, readClock());
  if (objection === null) return { kind: "dead" };
  const { link, found, verdict } = objection;
  const { reference, newEmail, sentAt, ip, countryCode, coolsUntil, objectedAt } = found;
  const { expiresAt, account } = link;
  const { timeZone } = account;
  if (verdict.kind !== "live" && verdict.kind !== "reviewed") {
    return { kind: verdict.kind, reference, expiresAt, objectedAt, coolsUntil, timeZone };
  }
  return {
    kind: verdict.kind,
    reference,
    lost: readLost(found.lost),
    maskedEmail: maskEmail(account.email),
    maskedNewEmail: newEmail && maskEmail(newEmail),
    sentAt,
    ip,
    countryCode,
    coolsUntil,
    timeZone,
  };
}
