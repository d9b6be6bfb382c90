import { WRONG_LET_IN_NUMBERS } from "@/lib/challenge/rules/limits";

/** Who would let a sign-in in, and from where. */
export type LetInFacts = {
  isStaff: boolean;
  hasFactor: boolean;
  /** Whether a request for another contact e-mail of the account is under way. */
  hasLiveCase: boolean;
  /** Whether the account trusts the network that the session is used from now. */
  networkTrusted: boolean;
  /** Whether a right code was typed in the session, at its beginning or later. */
  codeProven: boolean;
};

export type MayLetIn =
  | { kind: "allowed" }
  /** Staff are asked for a code or a factor at every sign-in of theirs. */
  | { kind: "staff" }
  /** Whoever has a second factor signs in with it. */
  | { kind: "factor" }
  | { kind: "case-open" }
  | { kind: "not-here" }
  | { kind: "no-code" };

/** Letting in gives access, so it asks for what adding a place does, and for a known place besides. */
export function mayLetIn(facts: LetInFacts): MayLetIn {
  if (facts.isStaff) return { kind: "staff" };
  if (facts.hasFactor) return { kind: "factor" };
  if (facts.hasLiveCase) return { kind: "case-open" };
  if (!facts.networkTrusted) return { kind: "not-here" };
  if (!facts.codeProven) return { kind: "no-code" };
  return { kind: "allowed" };
}

/** A sign-in that is open, as far as a number is concerned. */
export type OpenSignIn = {
  id: string;
  /** Null: all numbers were taken as it began. */
  letInNumber: number | null;
  letInWrong: number;
  /** Whether it may go on without its code already. */
  isLetIn: boolean;
};

export type NumberVerdict =
  | { kind: "let-in"; id: string }
  /** The one with this number was let in before. */
  | { kind: "already" }
  | { kind: "none-waiting" }
  /** `ending`: the sign-ins it ends; `left`: wrong numbers until the next one ends, 0 where none waits. */
  | { kind: "number-wrong"; ending: string[]; left: number };

/** Finds the sign-in whose page shows a number; a wrong one counts on each that waits. */
export function judgeNumber(number: number, open: readonly OpenSignIn[]): NumberVerdict {
  const meant = open.find(({ letInNumber }) => letInNumber === number);
  if (meant?.isLetIn) return { kind: "already" };
  if (meant !== undefined) return { kind: "let-in", id: meant.id };
  const waiting = open.filter(({ isLetIn }) => !isLetIn);
  if (waiting.length === 0) return { kind: "none-waiting" };
  const isOver = ({ letInWrong }: OpenSignIn) => letInWrong + 1 >= WRONG_LET_IN_NUMBERS;
  const staying = waiting.filter((one) => !isOver(one));
  const left = staying.map(({ letInWrong }) => WRONG_LET_IN_NUMBERS - letInWrong - 1);
  return {
    kind: "number-wrong",
    ending: waiting.filter(isOver).map(({ id }) => id),
    left: left.length === 0 ? 0 : Math.min(...left),
  };
}
