import { type Counted, isOfAccount } from "@/lib/challenge/rules/purposes";
import { subjects } from "@/lib/db/subjects";

/** The subject that wrong codes and blocks of a challenge go by. */
export function subjectOf(challenge: Counted): string {
  switch (challenge.purpose) {
    case "sign-in":
      return challenge.accountId;
    case "widening":
      return subjects.widening(challenge.accountId);
    case "sign-up":
      return subjects.signUp(challenge.email);
    case "new-address":
      return subjects.newAddress(challenge.email);
  }
}

/** What is locked while a challenge is decided about: the account, or the address. */
export const lockOf = (challenge: Counted): string =>
  isOfAccount(challenge) ? challenge.accountId : subjectOf(challenge);
