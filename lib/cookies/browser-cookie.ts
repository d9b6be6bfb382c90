import { randomUUID } from "node:crypto";
import { z } from "zod";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { seal, unseal } from "@/lib/secrets/secrets";

const purpose = "browser";
const browserId = z.uuid();

/** The id of this browser, if it has signed in before; for pages, which set no cookies. */
export async function readBrowserId(): Promise<string | null> {
  const value = cookieJar().get(cookieName("browser"));
  const known = browserId.safeParse(unseal(purpose, value));
  return known.success ? known.data : null;
}

/**
 * The id by which this browser is known again, made and remembered at its first sign-in. It opens
 * nothing: it distinguishes a known browser from a new one at a known place, and keeps its wrong
 * passwords apart.
 */
export async function rememberBrowser(): Promise<string> {
  const id = (await readBrowserId()) ?? randomUUID();
  cookieJar().set(cookieName("browser"), seal(purpose, id), cookieOptions(cookieSeconds.browser));
  return id;
}
