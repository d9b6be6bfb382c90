import { cookies } from "next/headers";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";

/** Remembers what this browser says its zone is called. */
export async function setZoneCookie(said: string): Promise<void> {
  (await cookies()).set(cookieName("time-zone"), said, cookieOptions(cookieSeconds.timeZone));
}
