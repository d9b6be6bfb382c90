import { readReference } from "@/lib/cases/request/typed-reference";
import {
  LOOK_UPS_PER_NETWORK_PER_HOUR,
  LOOK_UPS_PER_NUMBER_PER_HOUR,
} from "@/lib/cases/rules/limits";
import { findCaseByNumber } from "@/lib/cases/store";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { countRequest, doCounted, type RateLimit } from "@/lib/rate-limit/rate-window";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { type EmailError, typedEmail } from "@/lib/typed/email-address";

/** Why a field is not taken; each is a message's key. */
export type LookUpErrors = {
  reference?: "referenceMissing" | "referenceMalformed";
  email?: EmailError;
};

/** What becomes of a look at a case by its number. `unknown`: there is no such pair. */
export type LookUpOutcome =
  | { kind: "found"; token: string }
  | { kind: "unknown" }
  | { kind: "invalid"; errors: LookUpErrors }
  | { kind: "too-many"; until: Date };

/** A number is counted whether or not it exists: many networks together must not guess its address. */
function limitsFor(reference: string, client: Client): RateLimit[] {
  return [
    { ...countKeys.caseLooksFrom(networkKeyOf(client)), limit: LOOK_UPS_PER_NETWORK_PER_HOUR },
    { ...countKeys.caseLooksFor(reference), limit: LOOK_UPS_PER_NUMBER_PER_HOUR },
  ];
}

/** Finds a sent case by its number and the address it is for. Only a look at both counts. */
export async function lookUpCase(
  typed: { reference: string; email: string },
  client: Client,
): Promise<LookUpOutcome> {
  const reference = readReference(typed.reference);
  const read = typedEmail(typed.email);
  const errors: LookUpErrors = {};
  if (typed.reference.trim() === "") errors.reference = "referenceMissing";
  else if (reference === null) errors.reference = "referenceMalformed";
  if ("error" in read) errors.email = read.error;
  if (reference === null || "error" in read) return { kind: "invalid", errors };
  const limits = limitsFor(reference, client);
  const admission = await countRequest(database, limits, readClock());
  if (admission.kind === "refused") return { kind: "too-many", until: admission.until };
  const keys = limits.map(({ key }) => key);
  const { email } = read;
  const found = await doCounted(database, keys, () =>
    findCaseByNumber(database, { reference, email }),
  );
  const token = found && linkTokenOf("case", found);
  log.info({ network: networkKeyOf(client), found: token !== null }, "case: looked up by number");
  return token === null ? { kind: "unknown" } : { kind: "found", token };
}
