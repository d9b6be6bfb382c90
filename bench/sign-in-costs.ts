import { randomUUID } from "node:crypto";
import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import { db, disconnectDatabase } from "@/lib/db/client";
import { onStatement } from "@/lib/db/connections/statement-listeners";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword, isPassword } from "@/lib/password/password-hash";
import { signIn } from "@/lib/sign-in/sign-in";
import { clientAt, makeAccount } from "@/lib/testing/people";
import { migrate } from "@/prisma/migrate";

const password = "a long enough passphrase";
const home = clientAt("203.0.113.7");
const warmUpRounds = 20;
const quiet = { info() {}, warn() {}, error: console.error };

type Person = { email: string; browserId: string };

/** The password and what follows it, as the form has it judged. Throws unless it ends as expected. */
async function signInFully({ email, browserId }: Person, expected: string): Promise<void> {
  const checked = await checkPassword(email, password, home, browserId);
  if (checked.kind !== "right") throw new Error(`The password was ${checked.kind}.`);
  const { accountId, passwordChangedAt } = checked;
  const proof = { kind: "password", changedAt: passwordChangedAt } as const;
  const request = { accountId, proof, client: home, browserId, callbackPath: null, earlier: null };
  const outcome = await signIn(request);
  if (outcome.kind !== expected) throw new Error(`The sign-in ended as ${outcome.kind}.`);
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** How many statements some work sends, BEGIN and COMMIT included. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const end = onStatement(() => (count += 1));
  await work();
  end();
  return count;
}

async function measure(rounds: number): Promise<void> {
  const passwordHash = await hashPassword(password);
  const regular: Person = { email: `${randomUUID()}@example.com`, browserId: randomUUID() };
  const trusted = [home.ip ?? ""];
  await makeAccount({ email: regular.email, passwordHash, trusted });

  // Each new network is a stranger's of its own: an account's hourly codes would soon be used up.
  const stranger = async (): Promise<Person> => {
    const { email } = await makeAccount({ passwordHash });
    return { email, browserId: randomUUID() };
  };
  const ways = {
    hash: { start: async () => regular, run: () => isPassword(passwordHash, password) },
    known: {
      // Like most customers, who have few sessions open: with many, sign-ins take turns.
      start: async () => {
        await db.session.deleteMany({});
        return regular;
      },
      run: (person: Person) => signInFully(person, "entered"),
    },
    fresh: { start: stranger, run: (person: Person) => signInFully(person, "code-asked") },
  };

  await signInFully(regular, "entered");
  const times = { hash: [] as number[], known: [] as number[], fresh: [] as number[] };
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const name of ["hash", "known", "fresh"] as const) {
      const person = await ways[name].start();
      const time = await millisecondsOf(() => ways[name].run(person));
      if (round >= 0) times[name].push(time);
    }
  }

  await db.session.deleteMany({});
  const someone = await stranger();
  const known = await statementsOf(() => signInFully(regular, "entered"));
  const fresh = await statementsOf(() => signInFully(someone, "code-asked"));
  const hash = median(times.hash);
  const row = (name: string, time: number, statements: number) => ({
    "": name,
    "times the hash": (time / hash).toFixed(2),
    statements,
    "median ms": time.toFixed(1),
  });
  console.table([
    row("argon2id alone", hash, 0),
    row("sign-in, known place", median(times.known), known),
    row("sign-in, new network", median(times.fresh), fresh),
  ]);
}

/**
 * Times, turn by turn in one run, the password's hash alone, a sign-in from a known place and one
 * from a new network, and prints the medians. On an embedded PostgreSQL of its own that syncs to
 * disk.
 *
 * @param rounds repetitions of each, after a warm-up
 */
export async function measureSignIns(rounds: number): Promise<void> {
  const dataDir = makeTestDirectory("portaria-bench-");
  log.level = "warn";
  Object.assign(process.env, withoutSettings(process.env), {
    AUTH_SECRET: "a secret for benches of 32 characters or more",
  });
  const database = await startEmbeddedDatabase({ dataDir, log: quiet });
  try {
    process.env.DATABASE_URL = database.url;
    resetEnvironment();
    await migrate(database.url, { log: quiet });
    console.log(describeRun(`node bench/sign-in.mjs ${rounds}`));
    await measure(rounds);
  } finally {
    await disconnectDatabase();
    await database.stop();
    await removeTestDirectory(dataDir);
  }
}
