import type { ShutOutCause } from "@/lib/access/rules/causes";
import { passwordOffAfter } from "@/lib/access/rules/password-off";
import type { Database } from "@/lib/db/transaction";
import { renewPin } from "@/lib/support-pin/store";

/** What of an opener's rows stays; an opener that stays as a whole is not asked. */
export type KeptRows = {
  /** A session's id. */
  session?: string;
  /** The id in the cookie of a browser that stays trusted. */
  browser?: string;
  /** Places stay, and browsers seen there, unless they share addresses with this cidr; null: all do. */
  placesOutside?: string | null;
  /** The changes of the contact e-mail whose old address keeps its link "that was not me". */
  undoable?: readonly string[];
  /** Further addresses that are confirmed stay; those that wait for it go, with the links that confirm them. */
  confirmedAddresses?: boolean;
};

type Shutting = { accountId: string; because: ShutOutCause; keep: KeptRows; now: Date };

type Where = Pick<Shutting, "accountId" | "keep">;

/** Ends what opens an account by one way. Returns how many rows did. */
export type Shut = (tx: Database, shutting: Shutting) => Promise<number>;

const ended = ({ because, now }: Shutting) => ({ endedAt: now, endedBecause: because });
const open = ({ accountId }: Shutting) => ({ accountId, endedAt: null });

/** Whoever is signed in; each session is out on its next request. */
export const shutSessions: Shut = async (tx, shutting) => {
  const { session } = shutting.keep;
  const filter = { ...open(shutting), ...(session === undefined ? {} : { id: { not: session } }) };
  return (await tx.session.updateMany({ where: filter, data: ended(shutting) })).count;
};

/** Browsers that need no code anywhere. */
export const shutTrustedBrowsers: Shut = async (tx, shutting) => {
  const { browser } = shutting.keep;
  const rest = browser === undefined ? {} : { browserId: { not: browser } };
  const filter = { ...open(shutting), ...rest };
  return (await tx.trustedBrowser.updateMany({ where: filter, data: ended(shutting) })).count;
};

/** Sign-ins and requests that wait for a code; with a sign-in its hotline pass, and a call back for one. */
export const shutPendingCodes: Shut = async (tx, shutting) => {
  const { accountId, now } = shutting;
  // What a mailed link does is a new password too: /verify has words for that alone.
  const because = shutting.because === "password-reset" ? "password-changed" : shutting.because;
  // The version before knows few of these causes, and takes what has one of the others for open: for it
  // the code's time is over as well. This one looks at the cause first.
  return tx.$executeRaw`
    UPDATE challenge SET ended_at = ${now}, ended_because = ${because},
      expires_at = least(expires_at, ${now}::timestamptz)
    WHERE account_id = ${accountId}::uuid AND purpose IN ('sign-in', 'widening')
      AND ended_at IS NULL`;
};

/** Links that set a new password. */
export const shutResetLinks: Shut = async (tx, shutting) =>
  (await tx.passwordReset.updateMany({ where: open(shutting), data: ended(shutting) })).count;

/**
 * Changes of the contact e-mail that wait for confirmations, and their links: no mail goes out any more
 * that asks to confirm one. The page of a link says what became of the change.
 */
export const shutEmailChanges: Shut = async (tx, shutting) => {
  const filter = { ...open(shutting), expiresAt: { gt: shutting.now } };
  const data = ended(shutting);
  const changes = await tx.emailChange.updateManyAndReturn({
    where: filter,
    data,
    select: { id: true },
  });
  const targetId = { in: changes.map(({ id }) => id) };
  await tx.accountLink.updateMany({
    where: {
      ...open(shutting),
      purpose: { in: ["confirm-old-email", "confirm-new-email"] },
      targetId,
    },
    data,
  });
  return changes.length;
};

/** What lets a contact e-mail of before come back, and keeps it free until then. */
export const shutUndoing: Shut = async (tx, { accountId }) => {
  const filter = { accountId, endedBecause: "done", undoUntil: { not: null } };
  return (await tx.emailChange.updateMany({ where: filter, data: { undoUntil: null } })).count;
};

/** Links "that was not me": each mails a link for a new password, and the old address's undoes a change. */
export const shutNotMeLinks: Shut = async (tx, shutting) => {
  const undoable = [...(shutting.keep.undoable ?? [])];
  const rest = { OR: [{ targetId: null }, { targetId: { notIn: undoable } }] };
  const filter = { ...open(shutting), purpose: "not-me", ...rest };
  return (await tx.accountLink.updateMany({ where: filter, data: ended(shutting) })).count;
};

/** Addresses that get codes too, those that could still be confirmed, and the links that confirm them. */
export const shutFurtherAddresses: Shut = async (tx, shutting) => {
  const { accountId } = shutting;
  const confirming = { ...open(shutting), purpose: "confirm-address" };
  await tx.accountLink.updateMany({ where: confirming, data: ended(shutting) });
  const rest = shutting.keep.confirmedAddresses === true ? { confirmedAt: null } : {};
  return (await tx.furtherAddress.deleteMany({ where: { accountId, ...rest } })).count;
};

/** Places where the password alone is enough. */
export const shutPlaces = async (tx: Database, { accountId, keep }: Where): Promise<number> => {
  const { placesOutside } = keep;
  if (placesOutside === undefined) {
    return (await tx.trustedPlace.deleteMany({ where: { accountId } })).count;
  }
  return tx.$executeRaw`
    DELETE FROM trusted_place
    WHERE account_id = ${accountId}::uuid AND network && ${placesOutside}::inet`;
};

/**
 * Browsers of which no mail notifies at a trusted place, and whose wrong passwords count by
 * themselves.
 */
export const shutSeenBrowsers = async (
  tx: Database,
  { accountId, keep }: Where,
): Promise<number> => {
  const { placesOutside } = keep;
  if (placesOutside === undefined) {
    return (await tx.seenBrowser.deleteMany({ where: { accountId } })).count;
  }
  return tx.$executeRaw`
    DELETE FROM seen_browser
    WHERE account_id = ${accountId}::uuid AND network && ${placesOutside}::inet`;
};

/** The number that support calls back before it lets a sign-in through. */
export const shutPhone: Shut = async (tx, { accountId, now }) => {
  const filter = { id: accountId, phone: { not: null } };
  return (
    await tx.account.updateMany({ where: filter, data: { phone: null, phoneChangedAt: now } })
  ).count;
};

/** Authenticator apps, those that are being added too. */
export const shutAuthenticatorApps: Shut = async (tx, { accountId }) =>
  (await tx.authenticatorApp.deleteMany({ where: { accountId } })).count;

/** Passkeys, and what browsers were asked to prove with one. */
export const shutPasskeys: Shut = async (tx, { accountId }) => {
  await tx.passkeyCeremony.deleteMany({ where: { accountId } });
  return (await tx.passkey.deleteMany({ where: { accountId } })).count;
};

/** Codes that stand in for a factor that is not at hand. */
export const shutRecoveryCodes: Shut = async (tx, { accountId }) =>
  (await tx.recoveryCode.deleteMany({ where: { accountId } })).count;

/** The PIN by which support knows a caller. */
export const shutSupportPin: Shut = async (tx, { accountId }) => {
  await renewPin(tx, accountId);
  return 1;
};

/**
 * Switches the password off and takes a closing back. The password counts as changed, so that whoever
 * has proven it in this very moment is not let in.
 *
 * @throws for a cause that no page has words for
 */
export const shutPassword: Shut = async (tx, { accountId, because, now }) => {
  const passwordOffBecause = passwordOffAfter(because);
  if (passwordOffBecause === null) throw new Error(`"${because}" switches no password off.`);
  const data = {
    ...{ passwordOffAt: now, passwordOffBecause, passwordChangedAt: now },
    ...{ closeAskedAt: null, closesAt: null },
  };
  return (await tx.account.updateMany({ where: { id: accountId }, data })).count;
};
