import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { isStaff } from "@/lib/account/roles";
import { findLiveSession } from "@/lib/account/session-store";
import { isOpenDraft } from "@/lib/cases/request/change-draft";
import { findSentCase } from "@/lib/cases/request/status-page";
import { findCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { cookieName } from "@/lib/cookies/cookies";
import { isDatabaseDown } from "@/lib/db/database-down";
import { database } from "@/lib/db/transaction";
import { unseal } from "@/lib/secrets/secrets";
import { openSession } from "@/lib/secrets/session-token";
import type { LargeSender } from "@/lib/server/gate/body";
import { readCookie } from "@/lib/server/gate/cookie";

const caseId = z.uuid();

/** Whether the cookie of a draft, as it came, names one that can still be filled in. */
export async function isDraftCookie(value: string | undefined): Promise<boolean> {
  const read = caseId.safeParse(unseal("case", value));
  if (!read.success) return false;
  const found = await findCase(database, read.data);
  return found !== null && isOpenDraft(found, readClock());
}

/** The token of a sent request: in the form's own address, or in that of the page it stands on. */
function tokensOf({ url, headers }: IncomingMessage): string[] {
  const { referer } = headers;
  return [url, referer].flatMap((address) => {
    if (!address || !URL.canParse(address, "http://portaria.invalid")) return [];
    const token = new URL(address, "http://portaria.invalid").searchParams.get("token");
    return token === null ? [] : [token];
  });
}

async function hasDraft(req: IncomingMessage): Promise<boolean> {
  if (await isDraftCookie(readCookie(req.headers.cookie, cookieName("case")))) return true;
  for (const token of tokensOf(req)) {
    if ((await findSentCase(database, token)) !== null) return true;
  }
  return false;
}

async function isOfStaff(req: IncomingMessage): Promise<boolean> {
  const token = openSession(readCookie(req.headers.cookie, cookieName("session")));
  const session = token === null ? null : await findLiveSession(token.sid);
  return session !== null && isStaff(session.account.role);
}

const has = { draft: hasDraft, staff: isOfStaff } as const satisfies Record<
  LargeSender,
  (req: IncomingMessage) => Promise<boolean>
>;

/**
 * Whether a large body may come from this browser: `draft`: it fills in a draft, or stands on the page
 * of a request that was sent; `staff`: one of them is signed in. Asked before the body is read, so that
 * nobody else's takes up memory. Without the database everybody may who could, and hears from the app
 * that it is away.
 */
export async function mayUpload(req: IncomingMessage, from: LargeSender): Promise<boolean> {
  try {
    return await has[from](req);
  } catch (error) {
    if (isDatabaseDown(error)) return true;
    throw error;
  }
}
