import { findObjection } from "@/lib/cases/find-objection";
import type { ObjectionVerdict } from "@/lib/cases/rules/judge-objection";
import { now } from "@/lib/clock";
import { maskEmail } from "@/lib/sign-in/rules/mask-email";
import { database } from "@/lib/sign-in/store";

/** What the page of a link shows before its button is pressed. */
export type ObjectionPage =
  /** Nothing we have made, or of an account that is closed. */
  | { kind: "dead" }
  | {
      kind: Exclude<ObjectionVerdict["kind"], "live">;
      reference: string;
      objectedAt: Date | null;
      timeZone: string | null;
    }
  | {
      kind: "live";
      reference: string;
      maskedEmail: string;
      maskedNewEmail: string | null;
      sentAt: Date | null;
      ip: string | null;
      countryCode: string | null;
      /** When the change is carried out; null: staff have not agreed. */
      coolsUntil: Date | null;
      timeZone: string | null;
    };

/** Reads what a link objects to. Changes nothing: mail scanners open links too. */
export async function readObjectionPage(token: string | null): Promise<ObjectionPage> {
  const objection = await findObjection(database, token, now());
  if (objection === null) return { kind: "dead" };
  const { link, found, verdict } = objection;
  const { reference, newEmail, sentAt, ip, countryCode, coolsUntil, objectedAt } = found;
  const { timeZone } = link.account;
  if (verdict.kind !== "live") return { kind: verdict.kind, reference, objectedAt, timeZone };
  return {
    kind: "live",
    reference,
    maskedEmail: maskEmail(link.account.email),
    maskedNewEmail: newEmail && maskEmail(newEmail),
    sentAt,
    ip,
    countryCode,
    coolsUntil,
    timeZone,
  };
}
