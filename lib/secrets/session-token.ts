import { z } from "zod";
import { seal, unseal } from "@/lib/secrets/secrets";

const purpose = "session";
const token = z.object({ sub: z.string(), sid: z.uuid() });

/** What the session cookie says: the account and the session's row, which decides. */
export type SessionToken = z.infer<typeof token>;

/** Makes the session cookie's value. Signed, not encrypted: it holds two random ids. */
export function sealSession(session: SessionToken): string {
  return seal(purpose, token.parse(session));
}

/** Reads a session cookie; null when it was not made here. */
export function openSession(value: string | undefined): SessionToken | null {
  const opened = token.safeParse(unseal(purpose, value));
  return opened.success ? opened.data : null;
}
