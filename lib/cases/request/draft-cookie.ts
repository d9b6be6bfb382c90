import { z } from "zod";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { seal, unseal } from "@/lib/secrets/secrets";

const purpose = "case";
const caseId = z.uuid();

/** The draft that this browser fills in; null where it has none or the cookie was not made here. */
export async function readDraftCookie(): Promise<string | null> {
  const read = caseId.safeParse(unseal(purpose, cookieJar().get(cookieName("case"))));
  return read.success ? read.data : null;
}

/** Binds a draft to this browser for as long as it can be sent, however short its sign-in lives. */
export async function setDraftCookie(id: string): Promise<void> {
  cookieJar().set(cookieName("case"), seal(purpose, id), cookieOptions(cookieSeconds.case));
}

/** Forgets the draft, once it is sent or given up. */
export async function clearDraftCookie(): Promise<void> {
  cookieJar().set(cookieName("case"), "", cookieOptions(0));
}
