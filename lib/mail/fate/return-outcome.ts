/**
 * What came of a mail that came back: its report counted, or had counted before; it is no mail at all, or one
 * without a report that can be read; nobody signed the address that it came to; what it names is no mail of ours
 * that left over SMTP; that is too old; it is about another recipient; or it says nothing that matters.
 */
export type ReturnOutcome =
  | "taken"
  | "seen"
  | "not-a-mail"
  | "no-report"
  | "not-signed"
  | "unknown"
  | "too-old"
  | "other-recipient"
  | "says-nothing";

/** How many days after it was made a mail may come back. */
export const RETURN_DAYS = 5;

/** What came of it, in a sentence. */
export const returnWords: Record<ReturnOutcome, string> = {
  taken: "Taken: what the report says of a mail of ours is noted.",
  seen: "Ignored: the same report was taken before.",
  "not-a-mail": "Refused: what came is not a mail.",
  "no-report":
    "Ignored: it is no report of a mail server (RFC 3464), as an answer of a person or of a machine is not.",
  "not-signed": "Ignored: it did not come to an address that a mail of ours was sent from.",
  unknown: "Ignored: it is about no mail that was sent over SMTP and is still known.",
  "too-old": `Ignored: the mail that it is about is older than ${RETURN_DAYS} days.`,
  "other-recipient": "Ignored: it is about another recipient than the mail's.",
  "says-nothing": "Ignored: it says nothing that changes what is known of the mail.",
};
