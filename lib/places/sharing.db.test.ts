import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { SHARED_PLACE_ACCOUNTS } from "@/lib/places/rules/limits";
import { findPlaces } from "@/lib/places/store";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

// Few networks, one within the other, so that they are shared in every way there is.
const networks = [
  ...["10.0.0.0/24", "10.0.0.0/25", "10.0.0.128/25", "10.0.0.7/32", "10.0.0.8/32", "10.0.0.200/32"],
  ...["10.0.1.0/24", "10.0.1.1/32", "9.255.255.255/32", "255.255.255.255/32", "0.0.0.1/32"],
  ...["2001:db8::/48", "2001:db8::/64", "2001:db8:0:1::/64", "2001:db8:0:ff00::/56"],
  ...["2001:db8:0:ff07::/64", "2001:d00::/32", "2001:db8:1::/48", "::a00:7/128", "ffff::/64"],
];

/** How many accounts share a place, by the definition: those that trust something which overlaps. */
async function sharingBy(accountId: string): Promise<Map<string, boolean>> {
  const rows = await db.$queryRaw<{ network: string; accounts: number }[]>`
    SELECT p.network::cidr::text AS network, (SELECT count(DISTINCT q.account_id)::int
      FROM trusted_place q WHERE q.network && p.network) AS accounts
    FROM trusted_place p WHERE p.account_id = ${accountId}::uuid`;
  return new Map(rows.map(({ network, accounts }) => [network, accounts >= SHARED_PLACE_ACCOUNTS]));
}

test("a place is shared where as many accounts trust it, something in it or around it", async () => {
  const seen = { shared: 0, alone: 0 };
  for (let round = 1; round <= 10; round += 1) {
    await db.account.deleteMany();
    const ids: string[] = [];
    for (let one = 0; one < 7; one += 1) ids.push((await makeAccount()).id);
    const at = new Date();
    await db.trustedPlace.createMany({
      data: ids.flatMap((accountId, one) =>
        networks
          .filter((_, index) => (index * 7 + one * 5 + index * one * round) % 9 < 1 + (round % 3))
          .map((network) => ({
            accountId,
            network,
            because: "code",
            createdAt: at,
            lastUsedAt: at,
          })),
      ),
    });
    for (const accountId of ids) {
      const places = await findPlaces(database, { accountId, ip: null });
      const found = new Map(places.map(({ network, isShared }) => [network, isShared]));
      expect(found).toEqual(await sharingBy(accountId));
      for (const shared of found.values()) seen[shared ? "shared" : "alone"] += 1;
    }
  }
  expect(seen.shared).toBeGreaterThan(20);
  expect(seen.alone).toBeGreaterThan(20);
});

test("many places of one neighbour are one account, however they stand before the others", async () => {
  await db.account.deleteMany();
  const at = new Date();
  const place = (network: string) => ({ network, because: "code", createdAt: at, lastUsedAt: at });
  const place24 = await makeAccount();
  await db.trustedPlace.create({ data: { accountId: place24.id, ...place("10.0.0.0/24") } });
  const isShared = async () =>
    (await findPlaces(database, { accountId: place24.id, ip: null })).map((one) => one.isShared);
  for (let neighbour = 0; neighbour < SHARED_PLACE_ACCOUNTS - 1; neighbour += 1) {
    expect(await isShared()).toEqual([false]);
    const { id } = await makeAccount();
    await db.trustedPlace.createMany({
      data: Array.from({ length: 50 }, (_, one) => ({
        accountId: id,
        ...place(`10.0.0.${neighbour * 50 + one}/32`),
      })),
    });
  }
  expect(await isShared()).toEqual([true]);
});
