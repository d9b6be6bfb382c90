import { oneCodeMore, supersededPart } from "@/lib/challenge/challenge-store";
import { type Asked, signInParts } from "@/lib/challenge/open-challenge";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { judgedOwnerPart, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import type { SignInVerdict } from "@/lib/sign-in/rules/judge-sign-in";
import type { SignInAccount } from "@/lib/sign-in/sign-in-account-store";
import { givenBackParts, judgementPart } from "@/lib/sign-in/store";

type Asking = Extract<SignInVerdict, { kind: "ask-code" | "ask-factor" }>;

/** Whether a verdict asks for a mailed code or a second factor. */
export const isAsking = (verdict: SignInVerdict): verdict is Asking =>
  verdict.kind === "ask-code" || verdict.kind === "ask-factor";

/**
 * Asks for the code or the second factor of a sign-in and writes all that this takes in one statement, which
 * asks whether the account is still as it was judged.
 *
 * @param held keys of the counts that hold the password as an attempt; emptied as it is given back
 * @returns null when it is not; then nothing is written
 */
export async function askForCode(
  database: Database,
  request: {
    client: Client;
    browserId: string;
    callbackPath: string | null;
    earlier: PendingCookie | null;
  },
  account: SignInAccount,
  verdict: Asking,
  now: Date,
  held: string[] = [],
): Promise<({ kind: "code-asked" | "factor-asked"; locale: string } & Asked) | null> {
  const { client, browserId, callbackPath, earlier } = request;
  const factor = verdict.kind === "ask-factor" ? verdict : null;
  const opening = { purpose: "sign-in", account, client, browserId, callbackPath, factor } as const;
  const audience = { further: account.further, trustedBefore: account.networkTrusted };
  const { asked, parts } = signInParts(opening, audience, now);
  const { id: accountId, accessVersion, locale } = account;
  const written = await writeTogether(database, [
    // What is asked for at a known place keeps nobody waiting elsewhere.
    judgedOwnerPart(
      { accountId, accessVersion },
      (factor?.knownBy ?? null) !== null ? [] : [oneCodeMore],
    ),
    judgementPart(
      factor === null
        ? { verdict: "asked-for-code", because: "new-place", client, now }
        : { verdict: "asked-for-factor", because: factor.because, client, now },
    ),
    ...(earlier === null ? [] : [supersededPart(earlier, now)]),
    ...parts,
    ...givenBackParts(held),
  ]);
  if (written) held.length = 0;
  const kind = factor === null ? "code-asked" : "factor-asked";
  return written ? { kind, locale, ...asked } : null;
}
