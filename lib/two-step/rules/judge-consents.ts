/** What a passkey may do: each is a consent of its own, and none follows from another. */
export type Consents = { signsIn: boolean; isSecondStep: boolean };

/** The consents of a passkey in one word, as activity and mails name them. */
export type May = "sign-in" | "second-step" | "both" | "nothing";

/** Names what a passkey may do. */
export function nameConsents({ signsIn, isSecondStep }: Consents): May {
  if (signsIn) return isSecondStep ? "both" : "sign-in";
  return isSecondStep ? "second-step" : "nothing";
}

/** What follows from other consents than a passkey has. */
export type ConsentsVerdict =
  /** A passkey that may do nothing is to be removed instead. */
  | { kind: "consent-missing" }
  /** As a second step it can only be removed, which asks for another factor. */
  | { kind: "second-step-stays" }
  | { kind: "unchanged" }
  /** Something is given: asked for like whatever widens access. */
  | { kind: "widens" }
  /** Only taken away: the password is enough. */
  | { kind: "narrows" };

/** Judges a change of what a passkey may do. */
export function judgeConsents(before: Consents, after: Consents): ConsentsVerdict {
  if (!after.signsIn && !after.isSecondStep) return { kind: "consent-missing" };
  if (before.isSecondStep && !after.isSecondStep) return { kind: "second-step-stays" };
  if (before.signsIn === after.signsIn && before.isSecondStep === after.isSecondStep) {
    return { kind: "unchanged" };
  }
  const gives = (!before.signsIn && after.signsIn) || (!before.isSecondStep && after.isSecondStep);
  return { kind: gives ? "widens" : "narrows" };
}
