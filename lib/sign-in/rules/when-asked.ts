import type { SignInFacts } from "@/lib/sign-in/rules/judge-sign-in";

/** When the sign-ins to an account ask for a code; "at-new-places": a place or browser may spare it. */
export type WhenAsked = "always" | "at-new-places" | "never";

/** What follows from `judgeSignIn` for a customer who asks how their account is protected. */
export function whenAsked({ isStaff, mode }: Pick<SignInFacts, "isStaff" | "mode">): WhenAsked {
  if (isStaff) return "always";
  return mode === "enforce" ? "at-new-places" : "never";
}
