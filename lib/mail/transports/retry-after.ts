import { readClock } from "@/lib/clock";

/** Seconds that a Retry-After header asks for: a number or a date (RFC 9110, section 10.2.3); 0: none. */
export function retryAfterSeconds(header: string | undefined): number {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - readClock().getTime()) / 1000));
}
