import { firstWords, withoutAddresses } from "@/lib/mail/rules/refusal";

/**
 * Why a receiving server does not take a mail, as far as its customer can act on it: there is no such
 * mailbox, it is full, the server blocks mail like ours, the mail itself was not taken, or whoever has the
 * mailbox said that they want none.
 */
export const failureReasons = [
  "no-mailbox",
  "full",
  "blocked",
  "contents",
  "complaint",
  "other",
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** A reason of a text, from whatever version. */
export const readFailureReason = (text: string | null): FailureReason | null =>
  text === null ? null : (failureReasons.find((known) => known === text) ?? "other");

// RFC 3463 and the IANA registry of enhanced status codes; 4.x says the same of a while.
const byStatus: readonly [RegExp, FailureReason][] = [
  [/^[45]\.1\.(10?|[2346])$/, "no-mailbox"],
  [/^[45]\.2\.1$/, "no-mailbox"],
  [/^[45]\.2\.2$/, "full"],
  [/^[45]\.7\.(17|18)$/, "no-mailbox"],
  [/^[45]\.(2\.3|3\.4|6\.\d+)$/, "contents"],
  [/^[45]\.7\.\d+$/, "blocked"],
];

const byWords: readonly [RegExp, FailureReason][] = [
  [
    /(mailbox|inbox|storage|user).{0,30}(full|quota|out of storage)|quota.{0,20}(mailbox|user)|over.?quota/i,
    "full",
  ],
  [
    /block|spam|black.?list|\brbl\b|banned|reputation|polic(y|ies)|\bdmarc\b|\bspf\b|\bdkim\b/i,
    "blocked",
  ],
  [
    /(user|recipient|mailbox|account|address).{0,40}(unknown|not found|does ?n.t (exist|have)|disabled|inactive|unavailable)|no such|unrouteable|unknown (user|recipient|mailbox)|does not exist/i,
    "no-mailbox",
  ],
  [/too (long|large|big)|size|content/i, "contents"],
];

/** The enhanced status code (RFC 3463) that an answer of a server begins with, or holds; null: none. */
export const enhancedStatusOf = (answer: string): string | null =>
  /(?:^|[\s(#[])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(firstWords(answer))?.[1] ?? null;

/** Why a receiving server does not take a mail: its enhanced status goes before its words. */
export function failureReasonOf({
  status,
  words,
}: {
  status: string | null;
  words: string;
}): FailureReason {
  const known = byStatus.find(([pattern]) => status !== null && pattern.test(status));
  if (known !== undefined) return known[1];
  const plain = withoutAddresses(words);
  return byWords.find(([pattern]) => pattern.test(plain))?.[1] ?? "other";
}

/** Whether nothing more is sent to an address for this reason until somebody lifts that. */
export const marksAddress = (reason: FailureReason): boolean =>
  reason === "no-mailbox" || reason === "complaint";
