import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { isOpenDraft } from "@/lib/cases/request/change-draft";
import { findSentCase } from "@/lib/cases/request/status-page";
import { findCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { cookieName } from "@/lib/cookies/cookies";
import { isDatabaseDown } from "@/lib/db/database-down";
import { database } from "@/lib/db/transaction";
import { unseal } from "@/lib/secrets/secrets";
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

/**
 * Whether a document may come from this browser: it fills in a draft, or stands on the page of a
 * request that was sent. Asked before the body is read, so that nobody else's takes up memory. Without
 * the database everybody may who could, and hears from the app that it is away.
 */
export async function mayUpload(req: IncomingMessage): Promise<boolean> {
  const draft = readCookie(req.headers.cookie, cookieName("case"));
  try {
    if (await isDraftCookie(draft)) return true;
    for (const token of tokensOf(req)) {
      if ((await findSentCase(database, token)) !== null) return true;
    }
    return false;
  } catch (error) {
    if (isDatabaseDown(error)) return true;
    throw error;
  }
}
