import type { ChangeSource } from "@/lib/mail/rules/change-source";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";

/** How far a mail has come, as `data-mail-state` says it (contract, "Mail"); it only rises in this order. */
export const mailStates = [
  "queued",
  "accepted",
  "delayed",
  "delivered",
  "refused",
  "suppressed",
] as const;

export type MailState = (typeof mailStates)[number];

/** A state that a mail reaches after it was queued. */
export type ReachedState = Exclude<MailState, "queued">;

/** Whether a text is one that a mail reaches: another version may know others. */
export const isReachedState = (text: string): text is ReachedState =>
  text !== "queued" && (mailStates as readonly string[]).includes(text);

/** A code mail that waits longer is late: it takes as long as a burst of them, and a try has 10 seconds. */
const LATE_SECONDS = 30;

/** So long a pause is not passed over: what waits for it is late at once, and until it has left. */
const PAUSE_SECONDS = 5;

/** A state that a mail reached, and for a delay or a refusal why; null: nothing is known. */
export type MailChange = {
  state: ReachedState;
  /** When, as far as whoever says so knows it: whoever was asked says what is so by then. */
  at: Date;
  /** Since when it is known here. */
  notedAt: Date;
  source: ChangeSource;
  reason: FailureReason | null;
};

/** A mail as far as its way is concerned. */
export type MailOnItsWay = {
  /** queued, sent, dropped or refused, as the outbox has it. */
  state: string;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
  changes: readonly MailChange[];
};

/**
 * What is said of a mail's way: its state, since when, who says so and why, and whether it should have left
 * by now and is still to come.
 */
export type MailProgress = {
  state: MailState;
  /** When it reached that; null: it waits, or that is not known. */
  at: Date | null;
  /** Who says so; null: nobody has to. */
  source: ChangeSource | null;
  reason: FailureReason | null;
  isLate: boolean;
  /** Whether the mail that reached it came to nothing since, while another with the same code is under way. */
  isReplaced: boolean;
};

type Reached = Pick<MailProgress, "state" | "at" | "source" | "reason">;

const rank = (state: MailState): number => mailStates.indexOf(state);

/** Whether a mail in one state can come to another: it only rises. */
export const risesTo = (from: MailState, to: MailState): boolean => rank(to) > rank(from);

const hasFailed = ({ state }: Pick<Reached, "state">): boolean =>
  state === "refused" || state === "suppressed";

const waiting: Reached = { state: "queued", at: null, source: null, reason: null };

/** Of several the one that has come furthest; the first of those that have come as far. */
const furthest = (all: readonly Reached[]): Reached | undefined =>
  all.toSorted((a, b) => rank(b.state) - rank(a.state))[0];

/** All that one mail reached by a moment, as far as that was known then. */
function reachedBy({ state, sentAt, changes }: MailOnItsWay, now: Date): Reached[] {
  const known = changes.filter(({ at, notedAt }) => at <= now && notedAt <= now);
  const reached: Reached[] = known.map(({ state, at, source, reason }) => ({
    ...{ state, at, source, reason },
  }));
  // What a version noted that keeps no changes, and a mail that nobody needed before it left.
  if (state === "sent" && (sentAt ?? now) <= now) {
    reached.push({ state: "accepted", at: sentAt ?? now, source: "hand-over", reason: null });
  } else if (state !== "sent" && state !== "queued" && changes.length === 0) {
    reached.push({ state: "refused", at: null, source: null, reason: null });
  }
  return reached;
}

/** How far one mail has come by a moment. */
export const stateOfMail = (mail: MailOnItsWay, now: Date): Reached =>
  furthest(reachedBy(mail, now)) ?? waiting;

/** The mails from the last time that one was made when nothing could come of all before it; the newest first. */
function begunAnew(rows: readonly MailOnItsWay[]): readonly MailOnItsWay[] {
  const at = rows.findIndex(({ createdAt }, index) => {
    const before = rows.slice(index + 1);
    return before.length > 0 && before.every((row) => hasFailed(stateOfMail(row, createdAt)));
  });
  return at < 0 ? rows : rows.slice(0, at + 1);
}

/**
 * How far one code has come at one address: as far as any of its mails has, and as long as one of them is
 * under way what became of the others says nothing. So it only rises, until another mail is asked for once
 * all have failed.
 *
 * @param rows of the mails with that code, the newest first; none: not made yet, or deleted already
 * @param pausedUntil when the provider takes mail again that had too much, or took it again; null: it never had
 */
export function mailProgress(
  rows: readonly MailOnItsWay[],
  { now, pausedUntil }: { now: Date; pausedUntil: Date | null },
): MailProgress {
  const mails = begunAnew(rows).map((row) => {
    const reached = reachedBy(row, now);
    return { end: furthest(reached) ?? waiting, reached };
  });
  const live = mails.filter(({ end }) => !hasFailed(end));
  const plain = { isLate: false, isReplaced: false };
  const failed = furthest(mails.map(({ end }) => end));
  if (live.length === 0 && failed !== undefined) return { ...failed, ...plain };
  const best = furthest(live.map(({ end }) => end)) ?? waiting;
  const ever = furthest(mails.flatMap(({ reached }) => reached.filter((one) => !hasFailed(one))));
  if (best.state !== "queued" && !risesTo(best.state, ever?.state ?? "queued")) {
    return { ...best, ...plain };
  }
  const waits = (createdAt: Date, until: Date | null, seconds: number) =>
    until !== null && until.getTime() - createdAt.getTime() > seconds * 1000;
  // One that was refused for good, or came back, is tried no more: the next is another mail.
  const isLate =
    best.state === "queued" &&
    rows.some(
      ({ state, attempts, createdAt }) =>
        (state === "queued" || state === "dropped") &&
        (attempts > 0 ||
          waits(createdAt, now, LATE_SECONDS) ||
          waits(createdAt, pausedUntil, PAUSE_SECONDS)),
    );
  return { ...(ever ?? waiting), isLate, isReplaced: ever !== undefined };
}
