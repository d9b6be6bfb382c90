import type { Page } from "@playwright/test";
import pg from "pg";
import { expect, test } from "@/e2e/fixtures";
import { mailIsNotTaken } from "@/e2e/support/announced";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { mailThrough } from "@/e2e/support/mail-settings";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { type Dovecot, startDovecot } from "@/lib/testing/dovecot";
import { type Installation, startInstallation } from "@/lib/testing/installation";
import { makeMaildir, putIntoMaildir, skipsWithoutMailPrograms } from "@/lib/testing/mail-programs";

test.describe.configure({ mode: "default", timeout: 240_000 });
test.skip(skipsWithoutMailPrograms("the canary at the built product"), "no real mailbox");

const EMAIL = "canary@host.example";
const patience = { timeout: 90_000 };

let maildir: string;
let dovecot: Dovecot;
let resend: FakeResend;
let server: Installation;
let post: NodeJS.Timeout;
let database: pg.Client;

test.beforeAll(async () => {
  maildir = makeTestDirectory("portaria-canary-");
  makeMaildir(maildir);
  dovecot = await startDovecot(maildir);
  resend = await startFakeResend();
  // What the mail service took comes to the mailbox, as by a mail server between them.
  let come = 0;
  post = setInterval(() => {
    const mails = resend.mails(EMAIL);
    for (const { from, subject, text } of mails.slice(come)) {
      putIntoMaildir(maildir, { from, to: EMAIL, subject, text });
    }
    come = mails.length;
  }, 200);
  ({ server, database } = await startSite("canary"));
});

/** The built product with a canary, whose mail goes through the fake; and its database. */
async function startSite(name: string, settings: Record<string, string> = {}) {
  const started = await startInstallation(name, {
    ...mailThrough(resend.url),
    ...{ CANARY_EMAIL: EMAIL, CANARY_INBOX: dovecot.url() },
    // The canary waits for its mail no longer than that.
    CODE_LIFETIME_MINUTES: "0.5",
    ...settings,
  });
  started.mayLog(/The canary could not sign in/, ...mailIsNotTaken);
  const client = new pg.Client({ connectionString: runningDatabaseUrl(started.dataDir) });
  await client.connect();
  return { server: started, database: client };
}

test.afterAll(async () => {
  clearInterval(post);
  await database?.end();
  await server?.stop();
  await resend?.close();
  await dovecot?.stop();
  await removeTestDirectory(maildir);
});

async function rows<Row>(statement: string): Promise<Row[]> {
  return (await database.query(statement)).rows as Row[];
}

type Run = { step: string; mail_ms: number | null };

const endedRuns = () =>
  rows<Run>(
    "SELECT step, mail_ms FROM canary_run WHERE ended_at IS NOT NULL ORDER BY began_at DESC",
  );

/** Waits until the worker does nothing for the canary: only then is its account closed, its mailbox empty. */
async function expectAtRest(): Promise<void> {
  const jobs = "SELECT FROM graphile_worker.jobs WHERE task_identifier = 'run_canary'";
  await expect.poll(async () => (await rows(jobs)).length, patience).toBe(0);
}

/** Has the worker sign the canary in now, as it does each quarter of an hour; how far it came. */
async function canaryRuns(): Promise<Run> {
  await expectAtRest();
  const { length: before } = await endedRuns();
  // One that a quarter of an hour begins just now is not aged: it is this one then.
  await rows(
    "UPDATE canary_run SET began_at = began_at - interval '15 minutes' WHERE ended_at IS NOT NULL",
  );
  await rows("SELECT graphile_worker.add_job('run_canary', job_key := 'run_canary')");
  await expectAtRest();
  const [last, ...earlier] = await endedRuns();
  expect(earlier).toHaveLength(before);
  if (last === undefined) throw new Error("The canary did not sign in.");
  return last;
}

const canarysLine = (page: Page) => page.getByText("A test account could not sign in by a code");

async function expectStatus(page: Page, { fails }: { fails: boolean }): Promise<void> {
  // It is looked up at most every ten seconds.
  await expect(async () => {
    await page.goto(`${server.url}/status`);
    await expect(canarysLine(page)).toHaveCount(fails ? 1 : 0, { timeout: 100 });
  }).toPass(patience);
}

async function expectNothingLeft(): Promise<void> {
  const left = await rows(`
    SELECT (SELECT count(*) FROM trusted_place)::int AS places,
      (SELECT count(*) FROM trusted_browser WHERE ended_at IS NULL)::int AS browsers,
      (SELECT count(*) FROM session WHERE ended_at IS NULL)::int AS sessions,
      (SELECT count(*) FROM challenge WHERE ended_at IS NULL)::int AS codes,
      (SELECT count(*) FROM code_attempts)::int AS wrong,
      (SELECT count(*) FROM account WHERE is_canary AND password_hash IS NULL)::int AS canaries`);
  expect(left).toEqual([{ places: 0, browsers: 0, sessions: 0, codes: 0, wrong: 0, canaries: 1 }]);
}

test("the canary signs in by its mailed code, from another network each time, and leaves nothing behind", async ({
  page,
}) => {
  for (let runs = 0; runs < 2; runs += 1) {
    expect(await canaryRuns()).toEqual({ step: "done", mail_ms: expect.any(Number) });
    await expectNothingLeft();
  }
  // A server that starts at a quarter of an hour has signed it in once before.
  const latest = await rows<{ verdict: string; because: string; ip: string }>(
    "SELECT verdict, because, ip FROM sign_in_judgement ORDER BY at DESC LIMIT 4",
  );
  const judged = latest.toReversed();
  expect(judged.map(({ verdict, because }) => `${verdict} ${because}`)).toEqual([
    ...["asked-for-code new-place", "entered right-code"],
    ...["asked-for-code new-place", "entered right-code"],
  ]);
  const ips = judged.map(({ ip }) => ip);
  expect(ips.every((ip) => ip.startsWith("2001:db8:ca:"))).toBe(true);
  expect(new Set(ips).size).toBe(2);
  await expectStatus(page, { fails: false });
  await expect(page.getByRole("main")).toContainText("Nothing shows that they are late.");
});

test("while no mail leaves it fails, /status says so, and no longer once it signs in again", async ({
  page,
}) => {
  resend.fail("500");
  expect(await canaryRuns()).toEqual({ step: "mail", mail_ms: null });
  await expectNothingLeft();
  await expectStatus(page, { fails: true });
  resend.fail("none");
  // The breaker opens by itself after some time; by hand as the manual says.
  await rows("UPDATE mail_pace SET open_until = NULL");
  expect((await canaryRuns()).step).toBe("done");
  await expectStatus(page, { fails: false });
});

test("where customers must have a second factor it signs in as far as they are led to get one", async () => {
  const asking = { server, database };
  ({ server, database } = await startSite("canary-factor", { TWO_STEP_REQUIRED: "customer" }));
  try {
    expect((await canaryRuns()).step).toBe("done");
    await expectNothingLeft();
  } finally {
    await database.end();
    await server.stop();
    ({ server, database } = asking);
  }
});
