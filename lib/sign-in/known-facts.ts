import { isStaff } from "@/lib/account/roles";
import type { KnownFacts } from "@/lib/sign-in/rules/known-here";
import type { SignInAccount } from "@/lib/sign-in/sign-in-account-store";
import type { Asking } from "@/lib/sign-in/sign-in-request";
import { judgeShownBrowser } from "@/lib/trusted-browser/shown-browser";

/** By what the place is known that somebody signs in from. */
export function knownFacts(
  { trustedBrowsers }: Asking,
  account: SignInAccount,
  now: Date,
): KnownFacts {
  const { role, networkTrusted, networkItselfTrusted } = account;
  return {
    isStaff: isStaff(role),
    // A range holds many networks, and each would have tries of its own.
    networkTrusted: isStaff(role) ? networkItselfTrusted : networkTrusted,
    browserTrusted: judgeShownBrowser(trustedBrowsers, account, now).kind === "trusted",
  };
}
