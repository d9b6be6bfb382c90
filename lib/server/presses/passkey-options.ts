import { judgePending } from "@/lib/challenge/judge-pending";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { findPending } from "@/lib/challenge/pending-store";
import { clientNow } from "@/lib/client/client-ip";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { database } from "@/lib/db/transaction";
import { findOwnSession } from "@/lib/next-auth/session-cookie";
import { type AskOutcome, askBrowser } from "@/lib/passkeys/ask-browser";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { notMeHolder } from "@/lib/passkeys/not-me-holder";
import { takeOffer } from "@/lib/passkeys/offer-passkey";
import { oneValue } from "@/lib/password/typed-credentials";
import { signInHolder } from "@/lib/sign-in/sign-in-passkey";
import { secondStepHolder } from "@/lib/sign-in/verify-passkey";

/** What a script that asks for options is answered: a status, and JSON. */
export type OptionsAnswer = { status: 200 | 404 | 429; body: object };

/** The answer to a script that there is nothing to be asked for. */
const nothing: OptionsAnswer = { status: 404, body: {} };

/**
 * Answers the script of a page that has to do with passkeys. Who has proven nothing is given a challenge and
 * no list of keys, whatever they say of themselves.
 *
 * @throws when the database cannot be reached
 */
export async function passkeyOptions(form: FormData): Promise<OptionsAnswer> {
  const outcome = await ask(oneValue(form, "purpose"));
  switch (outcome.kind) {
    case "asked":
      return { status: 200, body: outcome.options };
    case "too-many":
      return { status: 429, body: { until: outcome.until.toISOString() } };
    case "none":
      return nothing;
  }
}

async function ask(purpose: string | null): Promise<AskOutcome> {
  const client = clientNow();
  const network = networkKeyOf(client);
  switch (purpose) {
    case "sign-in":
      return askBrowser(signInHolder(await rememberBrowser()), null, network);
    case "not-me":
      return askBrowser(notMeHolder(await rememberBrowser()), null, network);
    case "second-step":
      return askSecondStep(network);
    case "add":
    case "offer":
    case "confirm":
      return askSignedIn(purpose, network);
    default:
      return { kind: "none" };
  }
}

/** The list of keys goes to whoever has proven the password of this very sign-in. */
async function askSecondStep(network: string): Promise<AskOutcome> {
  const cookie = await readPendingCookie();
  const now = readClock();
  const pending = cookie && (await findPending(database, cookie, now));
  if (pending?.purpose !== "sign-in" || pending.asks !== "factor") return { kind: "none" };
  if (judgePending(pending, now, network).verdict.kind !== "admitted") return { kind: "none" };
  const { accountId: id, email } = pending;
  const holder = secondStepHolder(pending, await rememberBrowser());
  return askBrowser(holder, { id, email, name: email }, network);
}

async function askSignedIn(
  purpose: "add" | "offer" | "confirm",
  network: string,
): Promise<AskOutcome> {
  const session = await findOwnSession();
  if (session === null) return { kind: "none" };
  const holder = heldBySession({ session, browserId: await rememberBrowser() }, purpose);
  // Whoever asked too often keeps the one offer of thirty days for later.
  const claim = purpose === "offer" ? () => takeOffer(session) : undefined;
  return askBrowser(holder, session.account, network, claim);
}
