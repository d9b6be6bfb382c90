import { OFFER_MINUTES } from "@/lib/passkeys/rules/limits";

// Sessions that began with the password: browsers look for one that they have just filled in.
const byPassword = ["known-place", "known-browser", "code", "factor", "not-asked"];

/** Whether a session is one whose browser may be asked to offer a passkey: it has just typed the password. */
export const mayOffer = ({
  because,
  createdAt,
  now,
}: {
  because: string;
  createdAt: Date;
  now: Date;
}): boolean =>
  byPassword.includes(because) && now.getTime() - createdAt.getTime() < OFFER_MINUTES * 60_000;
