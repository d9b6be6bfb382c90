import { findAddressHolder } from "@/lib/account/address-holder-store";
import { supersedePending } from "@/lib/challenge/challenge-store";
import { findBlock } from "@/lib/challenge/judge-pending";
import { openChallenge } from "@/lib/challenge/open-challenge";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { countKeys, subjects } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locales";
import { afterHours } from "@/lib/moments";
import { hashPassword } from "@/lib/password/password-hash";
import { countRequest, doCounted, giveBack } from "@/lib/rate-limit/rate-window";
import type { Registration } from "@/lib/sign-up/create-account";
import { SIGN_UPS_PER_HOUR } from "@/lib/sign-up/rules/limits";
import { findSignUpMails } from "@/lib/sign-up/store";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of a sign-up. The same for an address that has an account and one that has not. */
export type SignUpOutcome =
  | { kind: "code-asked"; challengeId: string; secret: string }
  /** Too many sign-ups from this network, too many mails to this address, or too many by everybody. */
  | { kind: "too-many"; of: "network" | "address" | "everybody"; until: Date }
  /** The pending sign-up that was to move to another network has ended. */
  | { kind: "no-longer-open" }
  | ({ kind: "blocked"; maskedEmail: string } & Block);

/** A sign-up: who asks, for which address, and which pending one of this browser it replaces. */
export type SignUpRequest = {
  email: string;
  locale: Locale;
  client: Client;
  browserId: string;
  callbackPath: string | null;
  earlier: PendingCookie | null;
  /** The checked form, or what the earlier pending sign-up holds, which moves to another network. */
  person:
    | { kind: "new"; name: string; password: string }
    | { kind: "moves"; registration: Registration | null };
};

/** Asks for the code that proves a new customer's mailbox. No account exists before it is right. */
export async function signUp(request: SignUpRequest): Promise<SignUpOutcome> {
  const now = readClock();
  const network = networkKeyOf(request.client);
  const limit = env().signupsPerHour;
  const counted = countKeys.signUpsFrom(network);
  const admission = await countRequest(database, [{ ...counted, limit }], now);
  if (admission.kind === "refused") {
    return { kind: "too-many", of: "network", until: admission.until };
  }
  const everybody = countKeys.signUps();
  const inAll = await countRequest(database, [{ ...everybody, limit: SIGN_UPS_PER_HOUR }], now);
  if (inAll.kind === "refused") {
    await giveBack(database, [counted.key]);
    return { kind: "too-many", of: "everybody", until: inAll.until };
  }
  const registration = await registrationOf(request.person);
  return doCounted(database, [counted.key, everybody.key], () =>
    inTransaction((tx) => ask(tx, request, registration, now)),
  );
}

async function registrationOf(person: SignUpRequest["person"]): Promise<Registration | null> {
  if (person.kind === "moves") return person.registration;
  return { name: person.name, passwordHash: await hashPassword(person.password) };
}

async function ask(
  tx: Database,
  request: SignUpRequest,
  registration: Registration | null,
  now: Date,
): Promise<SignUpOutcome> {
  const { email, client } = request;
  const network = networkKeyOf(client);
  await lockSubject(tx, subjects.signUp(email));
  const moves = request.person.kind === "moves";
  if (moves && !(await supersedePending(tx, request.earlier, now))) {
    return { kind: "no-longer-open" };
  }
  const block = await findBlock(tx, { purpose: "sign-up", email }, network, now);
  if (block !== null) return { kind: "blocked", maskedEmail: maskEmail(email), ...block };
  // Nobody's mailbox is filled by sign-ups from many networks.
  const mails = await findSignUpMails(tx, email, afterHours(now, -1));
  const oldest = mails[env().accountCodesPerHour - 1];
  if (oldest !== undefined) {
    return { kind: "too-many", of: "address", until: afterHours(oldest, 1) };
  }

  const holder = await findAddressHolder(tx, email, now);
  // Its row is about to be named, and to say when it was notified: locked now, not in between.
  if (holder !== null) await lockSubject(tx, holder.id);
  const { browserId, locale, callbackPath } = request;
  const asking = { purpose: "sign-up", email, holder, registration } as const;
  const asked = await openChallenge(
    tx,
    { ...asking, client, browserId, locale, callbackPath },
    now,
  );
  // Last, after the row of the account: a new password locks in that order too.
  if (!moves) await supersedePending(tx, request.earlier, now);
  return { kind: "code-asked", ...asked };
}
