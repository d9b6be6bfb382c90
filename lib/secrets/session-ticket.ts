import { z } from "zod";
import { readClock } from "@/lib/clock";
import { afterSeconds } from "@/lib/moments";
import { TICKET_SECONDS } from "@/lib/secrets/limits";
import { seal, unseal } from "@/lib/secrets/secrets";
import type { SessionToken } from "@/lib/secrets/session-token";

const purpose = "ticket";
const ticket = z.object({ sub: z.uuid(), sid: z.uuid(), until: z.iso.datetime() });

/**
 * Makes the ticket by which NextAuth hands a browser the cookie of a session that has just begun. It
 * never leaves the server. It is signed and not stored: what used the code up began the session, and
 * the cookie must not depend on the database answering once more.
 */
export function issueTicket({ sub, sid }: SessionToken): string {
  return seal(purpose, {
    sub,
    sid,
    until: afterSeconds(readClock(), TICKET_SECONDS).toISOString(),
  });
}

/** The session of a ticket, for a minute; null for what was not made here. */
export function redeemTicket(value: unknown): SessionToken | null {
  const read = ticket.safeParse(unseal(purpose, typeof value === "string" ? value : undefined));
  if (!read.success || new Date(read.data.until) <= readClock()) return null;
  const { sub, sid } = read.data;
  return { sub, sid };
}
