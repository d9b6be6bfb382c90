import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { signUp } from "@/lib/sign-up/sign-up";
import { clientAt, cookieOf, newBrowser } from "@/lib/testing/people";

let given = 0;

/** A client at an address that no other one of the file has. */
export function somewhere(): Client {
  const index = given++;
  return clientAt(`10.9.${Math.floor(index / 250)}.${(index % 250) + 1}`);
}

/** Signs up with an address, from a network and a browser of its own; the cookie of the sign-up that waits. */
export async function signUpWith(email: string): Promise<PendingCookie> {
  const outcome = await signUp({
    email,
    locale: "en",
    client: somewhere(),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Ana Silva", password: "a long enough passphrase" },
  });
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  return cookieOf(outcome);
}
