import * as store from "@/lib/access/openers-store";
import type { CookiePurpose } from "@/lib/cookies/cookies";
import type { Prisma } from "@/lib/generated/prisma/client";

/** One way into an account: the tables and cookies it lives in, and what ends it. */
type Way = {
  tables: readonly Prisma.ModelName[];
  cookies: readonly CookiePurpose[];
  shut: store.Shut;
};

/**
 * Everything that opens an account, in the order in which it is shut. What comes later is a line here: every
 * act that does not say that it keeps it then takes it away.
 */
export const openers = {
  sessions: { tables: ["Session"], cookies: ["session"], shut: store.shutSessions },
  trustedBrowsers: {
    tables: ["TrustedBrowser"],
    cookies: ["trusted-browser"],
    shut: store.shutTrustedBrowsers,
  },
  pendingCodes: {
    tables: ["Challenge", "CallBack"],
    cookies: ["pending"],
    shut: store.shutPendingCodes,
  },
  resetLinks: { tables: ["PasswordReset"], cookies: [], shut: store.shutResetLinks },
  emailChanges: {
    tables: ["EmailChange", "AccountLink"],
    cookies: [],
    shut: store.shutEmailChanges,
  },
  undoing: { tables: ["EmailChange"], cookies: [], shut: store.shutUndoing },
  notMeLinks: { tables: ["AccountLink"], cookies: [], shut: store.shutNotMeLinks },
  furtherAddresses: {
    tables: ["FurtherAddress", "AccountLink"],
    cookies: [],
    shut: store.shutFurtherAddresses,
  },
  places: { tables: ["TrustedPlace"], cookies: [], shut: store.shutPlaces },
  seenBrowsers: { tables: ["SeenBrowser"], cookies: ["browser"], shut: store.shutSeenBrowsers },
  phone: { tables: ["Account"], cookies: [], shut: store.shutPhone },
  authenticatorApps: {
    tables: ["AuthenticatorApp"],
    cookies: [],
    shut: store.shutAuthenticatorApps,
  },
  passkeys: {
    tables: ["Passkey", "PasskeyCeremony"],
    cookies: [],
    shut: store.shutPasskeys,
  },
  recoveryCodes: { tables: ["RecoveryCode"], cookies: [], shut: store.shutRecoveryCodes },
  supportPin: { tables: ["Account"], cookies: [], shut: store.shutSupportPin },
  password: { tables: ["Account"], cookies: [], shut: store.shutPassword },
} as const satisfies Record<string, Way>;

/** What opens an account, by name. */
export type Opener = keyof typeof openers;

export const openerNames = Object.keys(openers) as Opener[];
