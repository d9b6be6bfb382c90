import { readClock } from "@/lib/clock";
import { isDatabaseDown } from "@/lib/db/database-down";
import { env } from "@/lib/env/env";
import { findMailWatch, type MailWatch } from "@/lib/mail/fate/outage-store";

/** So long a process goes by what it read last. */
const KNOWN_SECONDS = 10;

type Known = { watch: MailWatch; readAt: number; reading: Promise<MailWatch> | null };

const nothing: MailWatch = { outage: null, canaryFailedAt: null };

// The server's own modules and Next's bundle each evaluate this file, and what one has read the other knows.
const key = Symbol.for("portaria.mail-watch");

function known(): Known {
  const holder = globalThis as { [key]?: Known };
  holder[key] ??= { watch: nothing, readAt: Number.NEGATIVE_INFINITY, reading: null };
  return holder[key];
}

/** What this process knows without asking: its heartbeat reads it anew every few seconds. */
export const knownMailWatch = (): MailWatch => known().watch;

/** Reads it anew. Throws when the database is away. */
export async function readMailWatch(): Promise<MailWatch> {
  const memory = known();
  memory.reading ??= findMailWatch({ hasCanary: env().canary !== null }).finally(() => {
    memory.reading = null;
  });
  memory.watch = await memory.reading;
  memory.readAt = readClock().getTime();
  return memory.watch;
}

/** What is known of mail, read within the last ten seconds; without the database what was known before. */
export async function mailWatch(): Promise<MailWatch> {
  const { watch, readAt } = known();
  if (Math.abs(readClock().getTime() - readAt) < KNOWN_SECONDS * 1000) return watch;
  try {
    return await readMailWatch();
  } catch (error) {
    if (isDatabaseDown(error)) return watch;
    throw error;
  }
}
