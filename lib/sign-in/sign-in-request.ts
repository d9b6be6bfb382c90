import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { env } from "@/lib/env/env";
import type { SignInAccount, SignInFilter } from "@/lib/sign-in/sign-in-account-store";
import type { BrowserKey } from "@/lib/trusted-browser/store";

/** A password that was right. */
export type ProvenPassword = {
  kind: "password";
  /** When it was set. */
  changedAt: Date;
  /** The account as it was read with the password; left out: it is still to be read. */
  read?: SignInAccount;
  /** Keys of the counts that hold the password as an attempt, which is to be given back. */
  counted?: string[];
};

/**
 * What makes the request a customer's: the password that was set at a moment, or this browser's
 * earlier pending sign-in, which must still be open and ends with it.
 */
export type Proof = ProvenPassword | { kind: "pending" };

/** The browser that a sign-in comes from. */
export type Asking = {
  client: Client;
  /** The id in this browser's own cookie. */
  browserId: string;
  /** What this browser shows of the accounts that trust it; nothing if left out. */
  trustedBrowsers?: BrowserKey[];
};

/** A sign-in whose password was right. */
export type SignInRequest = Asking & {
  accountId: string;
  proof: Proof;
  /** The local path to go to once in. */
  callbackPath: string | null;
  /** This browser's pending sign-in before this one, which ends. */
  earlier: PendingCookie | null;
  /** The session that this browser has, which ends where another begins. */
  replaces?: string | null;
};

/** Which password was right, by when it was set; null: none was typed. */
export const provenPassword = ({ proof }: SignInRequest): Date | null =>
  proof.kind === "password" ? proof.changedAt : null;

/** By what an account is read for a sign-in. */
export const signInFilter = (
  { client, browserId, trustedBrowsers = [] }: Asking,
  now: Date,
): SignInFilter => ({
  ip: client.ip,
  network: networkKeyOf(client),
  browserId,
  trustedBrowserIds: trustedBrowsers.map(({ id }) => id),
  now,
  codesPerHour: env().accountCodesPerHour,
});
