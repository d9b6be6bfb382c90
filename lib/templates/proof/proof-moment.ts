import { readClock } from "@/lib/clock";

/** By when the mails of a sheet are looked for, as its address says it in milliseconds, or else now. */
export function readProofMoment(asked: string | undefined): Date {
  const now = readClock();
  if (asked === undefined || !/^\d{1,15}$/.test(asked)) return now;
  const at = new Date(Number(asked));
  return at < now ? at : now;
}
