import { type BlockCause, liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { type ClientDetails, detailsOf } from "@/lib/client/client";
import { countryCodeOf } from "@/lib/client/country";
import { deviceOf } from "@/lib/client/device-name";
import type { Database } from "@/lib/db/transaction";
import { networkText } from "@/lib/network/network";
import type { Place } from "@/lib/places/list-places";
import { findPlaces } from "@/lib/places/store";
import { findLiveSessions } from "@/lib/sessions/store";
import { type PassCause, readPassCause } from "@/lib/sign-in/rules/judge-pass";
import { type Customer, findBlocks, findPendingSignIns } from "@/lib/support/customer-store";
import { maskReference } from "@/lib/support/rules/mask-reference";
import { findTrustedBrowsers } from "@/lib/trusted-browser/store";
import { maskEmail } from "@/lib/typed/mask-email";

/** By what an account can be got into, what waits at its door, and what is kept out. */
export type Access = {
  places: Pick<
    Place,
    "id" | "network" | "name" | "countryCode" | "because" | "since" | "lastUsedAt"
  >[];
  sessions: (ClientDetails & { id: string; since: Date; lastSeenAt: Date })[];
  browsers: (Device & { id: string; since: Date; lastUsedAt: Date })[];
  blocks: ShownBlock[];
  pending: (ClientDetails & PendingTimes & { id: string; maskedReference: string | null })[];
};

type Device = Pick<ClientDetails, "browser" | "system">;
type PendingTimes = {
  since: Date;
  until: Date;
  passUntil: Date | null;
  /** Who lets it through, where somebody does. */
  passBecause: PassCause;
  /** What it waits for: a mailed code, or the second factor, of which nothing is mailed. */
  asks: "code" | "factor";
};

/** A block that holds, as its card shows it. */
export type ShownBlock = {
  /** Of what: only sign-in's can be lifted. */
  of: "sign-in" | "widening";
  maskedEmail: string;
  /** An address, or a network; null: unknown ones. */
  ip: string | null;
  since: Date;
  until: Date;
  reference: string;
  because: BlockCause;
};

/** Lists how an account can be got into at this moment. */
export async function listAccess(
  database: Database,
  customer: Customer,
  now: Date,
): Promise<Access> {
  const { id: accountId } = customer;
  const places = await findPlaces(database, { accountId, ip: null });
  const sessions = await findLiveSessions(database, accountId, now);
  const browsers = await findTrustedBrowsers(database, accountId, now);
  const pending = await findPendingSignIns(database, accountId, now);
  return {
    places: places.map(({ id, network, name, because, createdAt, lastUsedAt }) => ({
      id,
      network: networkText(network),
      name,
      countryCode: countryCodeOf(network.split("/", 1)[0] ?? ""),
      because: because as Place["because"],
      since: createdAt,
      lastUsedAt,
    })),
    sessions: sessions.map(({ id, createdAt, lastSeenAt, ...from }) => ({
      id,
      ...detailsOf(from),
      since: createdAt,
      lastSeenAt,
    })),
    browsers: browsers.map(({ id, userAgent, createdAt, lastUsedAt }) => ({
      id,
      ...deviceOf(userAgent),
      since: createdAt,
      lastUsedAt,
    })),
    blocks: await listBlocks(database, customer, now),
    pending: pending.map(
      ({ id, reference, createdAt, expiresAt, passUntil, passBecause, asks, ...from }) => ({
        id,
        maskedReference: reference && maskReference(reference),
        ...detailsOf(from),
        since: createdAt,
        until: expiresAt,
        passUntil,
        passBecause: readPassCause(passBecause),
        asks: asks === "factor" ? ("factor" as const) : ("code" as const),
      }),
    ),
  };
}

/** The blocks of an account that hold now, as their cards show them. */
export async function listBlocks(
  database: Database,
  { id, email }: Pick<Customer, "id" | "email">,
  now: Date,
): Promise<ShownBlock[]> {
  const rows = await findBlocks(database, id, now);
  return rows.flatMap((row) => {
    const { block } = liveAttempts(row, now);
    if (block === null) return [];
    const of = row.subject === id ? "sign-in" : "widening";
    const ip = row.network === "unknown" ? null : networkText(row.network);
    return [{ of, maskedEmail: maskEmail(email), ip, ...block }];
  });
}
