import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/auth/cookies";
import { seal, unseal } from "@/lib/auth/secrets";

const purpose = "browser";
const browserId = z.uuid();

/**
 * The id by which this browser is known again, made and remembered at its first sign-in. It opens
 * nothing: it tells a known browser from a new one at a known place, and keeps its wrong passwords apart.
 */
export async function rememberBrowser(): Promise<string> {
  const jar = await cookies();
  const known = browserId.safeParse(unseal(purpose, jar.get(cookieName("browser"))?.value));
  const id = known.success ? known.data : randomUUID();
  jar.set(cookieName("browser"), seal(purpose, id), cookieOptions(cookieSeconds.browser));
  return id;
}
