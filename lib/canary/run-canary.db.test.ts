import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { beginRun, openCanary } from "@/lib/canary/canary-store";
import { runCanary } from "@/lib/canary/run-canary";
import { db } from "@/lib/db/client";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { knownMailWatch, readMailWatch } from "@/lib/mail/fate/mail-watch";
import type { MailMessage } from "@/lib/mail/transports/transport";
import { codeOf } from "@/lib/secrets/code";
import { startCanarySite } from "@/lib/testing/canary-site";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { type Dovecot, startDovecot } from "@/lib/testing/dovecot";
import { makeMaildir, putIntoMaildir, skipsWithoutMailPrograms } from "@/lib/testing/mail-programs";
import { makeAccount } from "@/lib/testing/people";

// Long where a mail is to come, however busy the machine is; short where none does.
const waits = vi.hoisted(() => ({ minutes: 1 }));
vi.mock("@/lib/canary/rules/limits", async (original) => ({
  ...(await original<typeof import("@/lib/canary/rules/limits")>()),
  get MAIL_MINUTES() {
    return waits.minutes;
  },
  LOOK_SECONDS: 0.2,
}));

const EMAIL = "canary@example.com";

// In CI they never are.
describe.skipIf(skipsWithoutMailPrograms("the canary in a real mailbox"))("the canary", () => {
  testDatabase();
  let maildir: string;
  let dovecot: Dovecot;
  let site: Awaited<ReturnType<typeof startCanarySite>>;
  const said = { error: vi.spyOn(log, "error"), info: vi.spyOn(log, "info") };
  const lines: unknown[] = [];

  beforeAll(async () => {
    maildir = makeTestDirectory("portaria-canary-");
    makeMaildir(maildir);
    dovecot = await startDovecot(maildir);
    site = await startCanarySite();
  }, 60_000);
  afterAll(async () => {
    await site.stop();
    await dovecot?.stop();
    await removeTestDirectory(maildir);
  });

  let post: NodeJS.Timeout;
  let delivers: (message: MailMessage) => void;
  beforeEach(async () => {
    await db.$executeRaw`TRUNCATE account, mail, canary_run, code_attempts, rate_window, marked_address CASCADE`;
    lines.length = 0;
    for (const one of Object.values(said)) {
      one.mockReset().mockImplementation((...args: unknown[]) => void lines.push(args));
    }
    useInbox(dovecot.url());
    delivers = putIntoInbox;
    waits.minutes = 1;
    post = setInterval(() => void sendWaiting().catch(() => undefined), 50);
  });
  afterEach(() => {
    clearInterval(post);
    Object.assign(process.env, { CANARY_EMAIL: "", CANARY_INBOX: "", APP_URL: "" });
    Object.assign(process.env, {
      TWO_STEP_REQUIRED: "",
      VERIFICATION_MODE: "",
      CODE_LIFETIME_MINUTES: "",
    });
    resetEnvironment();
  });

  function useInbox(url: string, email = EMAIL): void {
    Object.assign(process.env, { CANARY_EMAIL: email, CANARY_INBOX: url, APP_URL: site.url });
    resetEnvironment();
  }

  const claims = { claim: async () => true, release: async () => {} };
  let sending = false;
  async function sendWaiting(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (const { id } of await db.mail.findMany({ where: { state: "queued" } })) {
        const transport = async (message: MailMessage) => {
          delivers(message);
          return { channel: "smtp", providerId: null };
        };
        await deliverMail(id, { claims, transport });
      }
    } finally {
      sending = false;
    }
  }

  const putIntoInbox = (message: MailMessage) => putIntoMaildir(maildir, message);
  const inInbox = () =>
    ["new", "cur"].flatMap((folder) => readdirSync(join(maildir, folder))).length;

  const run = () => runCanary();
  /** As if all runs so far were so many minutes older. */
  const later = (minutes: number) =>
    db.$executeRaw`UPDATE canary_run SET began_at = began_at - make_interval(mins => ${minutes}::int)`;
  const wrongCodes = () => db.codeAttempts.count();

  async function expectNothingLeft(): Promise<void> {
    const account = await db.account.findUniqueOrThrow({
      where: { email: EMAIL },
      include: { places: true, browsers: true, sessions: true, challenges: true },
    });
    expect(account).toMatchObject({ isCanary: true, role: "customer", passwordHash: null });
    expect([account.places, account.browsers]).toEqual([[], []]);
    expect(account.sessions.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    expect(account.challenges.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  }

  test("signs in with the code of its mailbox, and leaves nothing behind", async () => {
    const outcome = await run();
    expect(outcome).toEqual({ kind: "done", mailMs: expect.any(Number) });
    const [row] = await db.canaryRun.findMany();
    expect(row).toMatchObject({
      step: "done",
      endedAt: expect.any(Date),
      mailMs: expect.any(Number),
    });
    await expectNothingLeft();
    expect(await wrongCodes()).toBe(0);
    const judged = await db.signInJudgement.findMany({ orderBy: { at: "asc" } });
    expect(judged.map(({ verdict }) => verdict)).toEqual(["asked-for-code", "entered"]);
    expect(judged[0]?.ip).toMatch(/^2001:db8:ca:/);
    const codes = (await db.challenge.findMany()).map((challenge) => codeOf(challenge));
    expect(codes).toEqual([expect.stringMatching(/^\d{6}$/)]);
    expect(JSON.stringify(lines)).not.toContain(codes[0]);
    expect(knownMailWatch().canaryFailedAt).toBeNull();
  });

  test("signs in again and again, each time from another network, and never as a wrong one", async () => {
    for (let count = 0; count < 6; count += 1) {
      expect((await run()).kind).toBe("done");
      await later(15);
    }
    const judged = await db.signInJudgement.findMany({ where: { verdict: "entered" } });
    expect(new Set(judged.map(({ ip }) => ip)).size).toBe(6);
    expect(await wrongCodes()).toBe(0);
  });

  test("in a mailbox full of others' mail and of codes of before it finds its own, and deletes ours alone", async () => {
    for (let count = 0; count < 60; count += 1) {
      putIntoInbox({
        ...{ id: randomUUID(), kind: "sign-in-code", html: "", subject: "Your code", to: EMAIL },
        from: "somebody@elsewhere.example",
        text: "\n111111\n",
      });
    }
    const before = inInbox();
    for (const code of ["222222", "333333"]) {
      putIntoInbox({
        ...{
          id: randomUUID(),
          kind: "sign-in-code",
          html: "",
          subject: `Your code: ${code}`,
          to: EMAIL,
        },
        from: "Portaria <no-reply@localhost>",
        text: `Hello\n\n${code}\n\nIP address: 2001:db8:ca:1::1\n`,
      });
    }
    expect((await run()).kind).toBe("done");
    expect(await wrongCodes()).toBe(0);
    expect(inInbox()).toBe(before);
  });

  test("waits for a mail that is late", async () => {
    delivers = (message) => void setTimeout(() => putIntoInbox(message), 2_000);
    expect((await run()).kind).toBe("done");
  });

  test("a mail that does not come is an alarm, logged once and until it is over", async () => {
    delivers = () => undefined;
    waits.minutes = 0.05;
    const failed = { kind: "failed", step: "mail", because: "its mail did not come in time" };
    expect(await run()).toEqual(failed);
    expect(knownMailWatch().canaryFailedAt).toEqual(expect.any(Date));
    await expectNothingLeft();
    await later(15);
    expect(await run()).toEqual(failed);
    const alarms = () => said.error.mock.calls.filter(([, words]) => /canary/.test(String(words)));
    expect(alarms()).toHaveLength(1);
    await later(15);
    waits.minutes = 1;
    delivers = putIntoInbox;
    expect((await run()).kind).toBe("done");
    expect(said.info.mock.calls.map(([words]) => words)).toContain("The canary signs in again.");
    expect(knownMailWatch().canaryFailedAt).toBeNull();
  }, 60_000);

  test("it waits no longer for its mail than the code in it lives", async () => {
    delivers = () => undefined;
    process.env.CODE_LIFETIME_MINUTES = "0.1";
    resetEnvironment();
    expect(await run()).toMatchObject({ kind: "failed", step: "mail" });
  });

  test.each<[string, () => string, RegExp]>([
    ["is away", () => dovecot.url().replace(/:\d+\//, ":1/"), /cannot be reached/],
    ["shows a certificate that nobody vouches for", () => dovecot.url(""), /certificate/],
    ["refuses the password", () => dovecot.url(undefined, "other words"), /refused/],
    ["has no such folder", () => dovecot.url().replace("/INBOX", "/Nowhere"), /no such folder/],
  ])("a mailbox that %s is an alarm that says so, and no secret", async (_, url, words) => {
    useInbox(url());
    const outcome = await run();
    expect(outcome).toMatchObject({ kind: "failed", step: "mail" });
    expect(outcome.kind === "failed" && outcome.because).toMatch(words);
    expect(JSON.stringify(lines)).not.toMatch(/of tests alone|other words/);
    await expectNothingLeft();
  });

  test("a site that is away is an alarm", async () => {
    process.env.APP_URL = "http://127.0.0.1:1";
    resetEnvironment();
    expect(await run()).toMatchObject({ kind: "failed", step: "sign-in" });
  });

  test("the run after one that was killed in the middle ends what that left, and goes on", async () => {
    await run();
    const { id: accountId } = await db.account.findUniqueOrThrow({ where: { email: EMAIL } });
    const at = new Date();
    await db.canaryRun.deleteMany();
    const killed = await db.canaryRun.create({ data: { beganAt: at, step: "code" } });
    await db.trustedPlace.create({
      data: {
        accountId,
        network: "2001:db8:ca:9::/64",
        because: "code",
        createdAt: at,
        lastUsedAt: at,
      },
    });
    expect(await run()).toEqual({ kind: "not-due" });
    await later(13);
    expect((await run()).kind).toBe("done");
    expect(await db.canaryRun.findUniqueOrThrow({ where: { id: killed.id } })).toMatchObject({
      ...{ step: "code", endedAt: null },
    });
    await expectNothingLeft();
  });

  test.each([
    ["went well", "done", false],
    ["failed", "mail", true],
  ])(
    "one that was killed says nothing of mail: what the one before it said stands, which %s",
    async (_, step, failed) => {
      const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
      const ended = { beganAt: minutesAgo(28), endedAt: minutesAgo(27), step };
      await db.canaryRun.create({ data: ended });
      await db.canaryRun.create({ data: { beganAt: minutesAgo(13), step: "mail" } });
      const failedAt = async () => (await readMailWatch()).canaryFailedAt;
      expect(await failedAt()).toEqual(failed ? ended.beganAt : null);
      expect(await beginRun(new Date())).toMatchObject({ failedBefore: failed });
      expect(await failedAt()).toEqual(failed ? ended.beganAt : null);
    },
  );

  test("where customers must have a second factor it ends where it is led to get one, and needs none", async () => {
    process.env.TWO_STEP_REQUIRED = "customer";
    resetEnvironment();
    for (const mode of ["enforce", "off"]) {
      process.env.VERIFICATION_MODE = mode;
      resetEnvironment();
      const before = site.opened().length;
      expect((await run()).kind).toBe("done");
      // The gate leads on, so that neither page is made.
      expect(new Set(site.opened().slice(before))).toEqual(
        new Set(mode === "off" ? ["/login"] : ["/login", "/verify"]),
      );
      await expectNothingLeft();
      await later(15);
    }
  });

  test("a mark that a bounce left goes with the first mail that comes again", async () => {
    const marked = { address: EMAIL, because: "bounced", status: "5.1.1", words: "no such user" };
    await db.markedAddress.create({
      data: { ...marked, markedAt: new Date(), ownerTriedAt: new Date() },
    });
    waits.minutes = 0.05;
    expect(await run()).toMatchObject({
      kind: "failed",
      because: expect.stringContaining("marked (bounced)"),
    });
    waits.minutes = 1;
    await db.markedAddress.updateMany({ data: { ownerTriedAt: new Date(Date.now() - 3_600_000) } });
    for (let runs = 0; runs < 2; runs += 1) {
      await later(15);
      expect((await run()).kind).toBe("done");
    }
    const mark = await db.markedAddress.findFirstOrThrow();
    expect(mark.liftedAt).toEqual(expect.any(Date));
  }, 60_000);

  test("a complaint stands until somebody lifts it", async () => {
    const markedAt = new Date(Date.now() - 7_200_000);
    await db.markedAddress.create({ data: { address: EMAIL, because: "complaint", markedAt } });
    expect((await run()).kind).toBe("done");
    expect(await db.markedAddress.findFirst()).toMatchObject({ liftedAt: null });
  });

  test("of processes at the same moment one begins", async () => {
    for (let round = 0; round < 10; round += 1) {
      await db.canaryRun.deleteMany();
      const begun = await Promise.all([1, 2, 3].map(() => beginRun(new Date())));
      expect(begun.filter((one) => one !== null)).toHaveLength(1);
    }
  });

  test("broken off by whoever stops the worker, it is no alarm", async () => {
    delivers = () => undefined;
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 1_000);
    expect(await runCanary(stopping.signal)).toEqual({ kind: "stopped" });
    expect(await db.canaryRun.count()).toBe(0);
    await expectNothingLeft();
    expect(said.error).not.toHaveBeenCalled();
  });

  test("a customer's account is never taken for it", async () => {
    const { passwordHash } = await makeAccount({ email: EMAIL, passwordHash: "of a customer" });
    expect(await run()).toMatchObject({ kind: "failed", step: "sign-in" });
    const account = await db.account.findUniqueOrThrow({ where: { email: EMAIL } });
    expect(account).toMatchObject({ passwordHash, isCanary: false });
  });

  test("without its settings there is none", async () => {
    useInbox("", "");
    expect(await run()).toEqual({ kind: "off" });
    expect(await db.account.count()).toBe(0);
  });

  test("several that make its account at once make one", async () => {
    for (let round = 0; round < 10; round += 1) {
      await db.account.deleteMany();
      const made = { email: EMAIL, name: "Canary", passwordHash: "x", now: new Date() };
      expect(await Promise.all([openCanary(made), openCanary(made)])).toEqual([true, true]);
      expect(await db.account.count()).toBe(1);
    }
  });
});
