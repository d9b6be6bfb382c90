import { env } from "@/lib/env/env";
import { knownMailWatch } from "@/lib/mail/fate/mail-watch";

/** How long a code may live at most, whenever it was made; in minutes. */
export const longestCodeMinutes = (): number =>
  Math.max(env().codeLifetimeMinutes, env().codeLifetimeOutageMinutes);

/** How long a code lives that is made now, in minutes: longer while mail is slow or refused for everybody. */
export const codeMinutesNow = (): number =>
  knownMailWatch().outage === null ? env().codeLifetimeMinutes : longestCodeMinutes();
