import { knownZone } from "@/lib/client/browser-zone";
import { keepTimeZone } from "@/lib/contact/time-zone";
import { setZoneCookie } from "@/lib/cookies/zone-cookie";
import { isDatabaseDown } from "@/lib/db/database-down";
import { oneValue } from "@/lib/password/typed-credentials";

/**
 * Takes what a script says of its browser's zone (`time-zone-script.tsx`); what is no zone is let
 * be.
 */
export async function POST(request: Request): Promise<Response> {
  const said = oneValue(await request.formData(), "timeZone") ?? "";
  const timeZone = knownZone(said);
  if (timeZone !== null) {
    await setZoneCookie(said);
    try {
      await keepTimeZone(timeZone);
    } catch (error) {
      // The pages are right all the same, and the next sign-in keeps it. The gate reports the
      // database.
      if (!isDatabaseDown(error)) throw error;
    }
  }
  return new Response(null, { status: 204 });
}
