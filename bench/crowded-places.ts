import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { CleanUps } from "@/bench/clean-ups";
import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import { Visitor } from "@/bench/visitor";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { hashPassword } from "@/lib/password/password-hash";
import { crowdAccount, crowdPlaces, fillCrowd } from "@/lib/testing/crowd";
import { startInstallation } from "@/lib/testing/installation";

const PLACES_EACH = 5;
const LOADS = 15;
const TABS = [14, 50];
const ATTACK_SECONDS = 10;
const password = "a long enough passphrase";
const page = "/account/security";

const emailOf = (number: number) => `crowd-${number}@example.com`;
const share = (answers: boolean[]) => `${answers.filter(Boolean).length} of ${answers.length}`;

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function signIn(url: string, number: number): Promise<Visitor> {
  const visitor = new Visitor(url, {
    headers: { "x-forwarded-for": `198.51.100.${number % 250}` },
  });
  await visitor.submit("/login", "Sign in", { email: emailOf(number), password });
  await visitor.open("/account");
  return visitor;
}

const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

/** Loads a page in so many tabs again and again; each second somebody else signs in, and health is asked. */
async function attack(url: string, customer: Visitor, tabs: number, first: number) {
  const until = performance.now() + ATTACK_SECONDS * 1_000;
  const opened: boolean[] = [];
  const work = async () => {
    while (performance.now() < until) opened.push(await succeeds(customer.open(page)));
  };
  const working = Array.from({ length: tabs }, work);
  const health: Promise<boolean>[] = [];
  const signIns: Promise<boolean>[] = [];
  const times: number[] = [];
  for (let number = first; number < first + ATTACK_SECONDS - 1; number += 1) {
    await pause(1_000);
    health.push(fetch(`${url}/api/health`).then(({ ok }) => ok));
    const other = succeeds(signIn(url, number));
    millisecondsOf(() => other).then((time) => times.push(time));
    signIns.push(other);
  }
  await Promise.all(working);
  return {
    tabs: String(tabs),
    "health 200": share(await Promise.all(health)),
    "sign-ins of others": share(await Promise.all(signIns)),
    "their median ms": Math.round(median(times)),
    "pages opened": share(opened),
  };
}

/** The page while each of its statements waits for a lock that only this customer's rows are under. */
async function attackLocked(url: string, databaseUrl: string, customer: Visitor, first: number) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  // Touching a session is an update of that row: each load of the page waits for it.
  const owner = await crowdAccount(client, 1);
  await client.query(
    "UPDATE session SET last_seen_at = now() - interval '1 hour' WHERE account_id = $1",
    [owner],
  );
  await client.query("COMMIT");
  await client.query("BEGIN");
  await client.query("SELECT FROM session WHERE account_id = $1 FOR UPDATE", [owner]);
  try {
    return { ...(await attack(url, customer, 50, first)), tabs: "50, its rows locked" };
  } finally {
    await client.query("ROLLBACK");
    await client.end();
  }
}

/**
 * Starts an installation with a crowd of accounts that trust five places each, and one with a hundred;
 * times that one's page beside the same page of another, and says what becomes of the others meanwhile.
 */
export async function measureCrowdedPlaces(accounts: number, cleanUps: CleanUps): Promise<void> {
  const server = await startInstallation("crowded-places", {
    VERIFICATION_MODE: "off",
    TRUSTED_PROXIES: "127.0.0.1",
  });
  cleanUps.add(server.stop);
  const databaseUrl = runningDatabaseUrl(server.dataDir) ?? "";
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const places = accounts * PLACES_EACH;
  await fillCrowd(client, { accounts, places }, await hashPassword(password));
  await crowdPlaces(client, await crowdAccount(client, 1));
  await client.query("VACUUM ANALYZE");
  await client.end();

  const crowded = await signIn(server.url, 1);
  const other = await signIn(server.url, 2);
  const times = { crowded: [] as number[], other: [] as number[] };
  for (let round = -2; round < LOADS; round += 1) {
    for (const [name, visitor] of [
      ["crowded", crowded],
      ["other", other],
    ] as const) {
      const time = await millisecondsOf(() => visitor.open(page));
      if (round >= 0) times[name].push(time);
    }
  }
  console.log(describeRun(`npm run bench -- crowded-places ${accounts}`));
  console.table([
    { "": `${page}, 5 places`, "median ms": median(times.other).toFixed(1), times: 1 },
    {
      "": `${page}, 100 places`,
      "median ms": median(times.crowded).toFixed(1),
      times: (median(times.crowded) / median(times.other)).toFixed(2),
    },
  ]);
  const rows: object[] = [];
  for (const [index, tabs] of TABS.entries())
    rows.push(await attack(server.url, crowded, tabs, 10 + index * 20));
  rows.push(await attackLocked(server.url, databaseUrl, crowded, 60));
  console.table(rows);
}
