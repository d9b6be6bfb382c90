import type { SampleName } from "@/lib/mail/edited/sample-mails";

/** To whom a text can be shown, the usual one first. */
export const people = [
  ...(["ordinary", "long-name", "right-to-left", "ipv6", "unknown-country", "no-phone"] as const),
] as const satisfies SampleName[];

/** Whether an address names one of them. */
export const isPerson = (asked: unknown): asked is (typeof people)[number] =>
  people.some((person) => person === asked);
