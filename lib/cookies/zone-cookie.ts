import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";

/** Remembers what this browser says its zone is called. */
export async function setZoneCookie(said: string): Promise<void> {
  cookieJar().set(cookieName("time-zone"), said, cookieOptions(cookieSeconds.timeZone));
}
