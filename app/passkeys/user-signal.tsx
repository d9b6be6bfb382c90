import { PasskeySignals } from "@/components/passkey-signals";
import type { LiveSession } from "@/lib/account/session-store";
import { type KnownUser, readKnownUser } from "@/lib/two-step/passkeys-page";

/** How an account is called now, as a browser's keeper of passkeys is to show it. */
export const userDetails = (
  { rpId, userId }: KnownUser,
  { email: name, name: displayName }: LiveSession["account"],
) => ({ rpId, userId, name, displayName });

/** Lets the browser call the account's passkeys as the account is called now. */
export async function UserSignal({ session }: { session: LiveSession }) {
  const user = await readKnownUser(session);
  if (user === null) return null;
  const signalCurrentUserDetails = userDetails(user, session.account);
  return <PasskeySignals origin={user.origin} signals={{ signalCurrentUserDetails }} />;
}
