import { pendingSeconds } from "@/lib/challenge/pending-cookie";
import { cookieName, cookieOptions } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { seal, unseal } from "@/lib/secrets/secrets";

// Sealed with the pending sign-in it is of: a cookie that was planted, or is of another one, says nothing.
const purpose = "untrusted";

/** Whether the network of this browser's pending sign-in is trusted once in: unless it was unticked. */
export async function readTrustChoice(challengeId: string): Promise<boolean> {
  return unseal(purpose, cookieJar().get(cookieName("untrusted"))) !== challengeId;
}

/** Keeps that choice beside the pending sign-in, whatever is asked of it next, and as long. */
export async function keepTrustChoice(challengeId: string, trusts: boolean): Promise<void> {
  if (trusts) return forgetTrustChoice();
  const options = cookieOptions(pendingSeconds());
  cookieJar().set(cookieName("untrusted"), seal(purpose, challengeId), options);
}

/** Forgets it, with the pending sign-in or because the box was ticked again. */
export async function forgetTrustChoice(): Promise<void> {
  const jar = cookieJar();
  const name = cookieName("untrusted");
  if (jar.get(name) !== undefined) jar.set(name, "", cookieOptions(0));
}
