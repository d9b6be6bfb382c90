import { spawn } from "node:child_process";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import type { Finding } from "@/lib/doctor/finding";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { runDoctorCommand } from "@/lib/start/doctor-command";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const said = { out: "", err: "" };
const { level } = log;

beforeEach(() => {
  Object.assign(said, { out: "", err: "" });
  // What is written before the process ends is what somebody reads.
  vi.spyOn(process.stdout, "write").mockImplementation((text, done?: unknown) => {
    said.out += text;
    if (typeof done === "function") done();
    return true;
  });
  vi.spyOn(process, "exit").mockImplementation((() => undefined) as never);
  vi.spyOn(console, "error").mockImplementation((text) => {
    said.err += text;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  resetEnvironment();
  process.exitCode = undefined;
  log.level = level;
});

async function findings(): Promise<{ ok: boolean; findings: Finding[] }> {
  await runDoctorCommand(["--json"]);
  return JSON.parse(said.out);
}

const levelsOf = (found: Finding[]) =>
  Object.fromEntries(found.map(({ check, level: of }) => [check, of]));

test("an installation that is well ends with 0, each check on a line of its own", async () => {
  await runDoctorCommand([]);
  expect(process.exitCode).toBeUndefined();
  expect(said.err).toBe("");
  for (const check of ["settings", "database", "migrations", "clock", "APP_URL", "METRICS_TOKEN"])
    expect(said.out).toMatch(new RegExp(`^ok +${check} `, "m"));
  expect(said.out).toMatch(/^warning +mail +Mail stays .*\n +→ Set RESEND_API_KEY/m);
  expect(said.out).toMatch(/\n0 wrong, 1 to look at, \d+ ok\n$/);
});

test("for scripts it is JSON, and what is wrong ends with 1", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody:tops3cret@127.0.0.1:9/none");
  vi.stubEnv("METRICS_TOKEN", "shorttok");
  resetEnvironment();
  const answer = await findings();
  expect(answer.ok).toBe(false);
  expect(levelsOf(answer.findings)).toMatchObject({ database: "wrong", METRICS_TOKEN: "warning" });
  expect(process.exitCode).toBe(1);
  expect(said.out).not.toContain("tops3cret");
  expect(said.out).not.toContain("shorttok");
});

test("a canary whose mail stays here is wrong, and its mailbox is looked at all the same", async () => {
  vi.stubEnv("CANARY_EMAIL", "canary@host.example");
  vi.stubEnv("CANARY_INBOX", "imaps://canary:tops3cret@127.0.0.1:9/INBOX");
  resetEnvironment();
  const answer = await findings();
  const found = levelsOf(answer.findings);
  expect(found).toMatchObject({ mail: "warning", CANARY_INBOX: "wrong", canary: "wrong" });
  expect(said.out).not.toContain("tops3cret");
});

test("settings that cannot be read are all there is to be said", async () => {
  vi.stubEnv("PORT", "x");
  vi.stubEnv("CANARY_EMAIL", "canary@host.example");
  resetEnvironment();
  const answer = await findings();
  expect(answer.findings.map(({ check, level: of }) => [check, of])).toEqual([
    ["settings", "wrong"],
    ["settings", "wrong"],
  ]);
  expect(answer.findings.map(({ says }) => says.split(" ")[0]).sort()).toEqual([
    "CANARY_INBOX",
    "PORT",
  ]);
});

test("pages that are served without https are to be looked at", async () => {
  vi.stubEnv("APP_URL", "http://host.example");
  vi.stubEnv("EMAIL_TRANSPORT", "smtp");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:9");
  vi.stubEnv("EMAIL_FROM", "no-reply@host.example");
  resetEnvironment();
  await runDoctorCommand(["--json", "--dns", "127.0.0.1:9"]);
  const found = levelsOf(JSON.parse(said.out).findings);
  expect(found).toMatchObject({ APP_URL: "warning", SMTP: "wrong", SPF: "wrong", DMARC: "wrong" });
});

test("migrations that wait, and those of a newer version, are counted", async () => {
  const [last] = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1`;
  const rename = (from: string, to: string) =>
    db.$executeRaw`UPDATE _prisma_migrations SET migration_name = ${to} WHERE migration_name = ${from}`;
  await rename(last?.name ?? "", "x");
  const waits = (await findings()).findings.find(({ check }) => check === "migrations");
  expect(waits).toMatchObject({ level: "warning", says: expect.stringContaining("1 of ") });
  await rename("x", last?.name ?? "");
  await db.$executeRaw`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
    VALUES ('x', 'x', '99990101000000_later', now())`;
  said.out = "";
  const newer = (await findings()).findings.find(({ check }) => check === "migrations");
  expect(newer).toMatchObject({ level: "warning", says: expect.stringContaining("newer version") });
  await db.$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'x'`;
});

test("what a start warns of is said as well, each by its variable", async () => {
  vi.stubEnv("SMTP_BOUNCES", "back@host.example");
  resetEnvironment();
  const { findings: found } = await findings();
  expect(found.find(({ check }) => check === "SMTP_BOUNCES")).toMatchObject({
    level: "warning",
    says: expect.stringContaining("no mail leaves by SMTP"),
  });
});

describe("whatever hangs", () => {
  const open = new Set<Socket>();
  // Says something now and then, and never all of it: no silence ends the talk.
  const server = createServer((socket) => {
    open.add(socket);
    const talking = setInterval(() => socket.write("220-wait\r\n"), 50);
    socket.on("error", () => undefined).once("close", () => clearInterval(talking));
  });
  const at = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  beforeEach(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve())));
  afterEach(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const mail = () => ({
    ...{ EMAIL_TRANSPORT: "smtp", SMTP_URL: `smtp://${at()}` },
    EMAIL_FROM: "no-reply@customers.pt",
  });
  const database = () => ({
    ...{ DATABASE_URL: `postgresql://nobody:x@${at()}/none` },
    AUTH_SECRET: "a secret of 32 characters or more of tests",
  });

  const late = { level: "wrong", says: expect.stringMatching(/^There was no answer in 1 seconds/) };
  test("a mail server and a database that do are named, and the command ends with 1", async () => {
    for (const [name, value] of Object.entries({ ...mail(), ...database() })) {
      vi.stubEnv(name, value);
    }
    resetEnvironment();
    await runDoctorCommand(["--json", "--dns", "127.0.0.1:9"], { milliseconds: 900 });
    const found: Finding[] = JSON.parse(said.out).findings;
    for (const named of ["database", "SMTP"]) {
      expect(found.find(({ check }) => check === named)).toMatchObject(late);
    }
    expect([process.exitCode, vi.mocked(process.exit).mock.calls]).toEqual([1, [[]]]);
  });

  test("its process ends, with 1 and all of its answer", async () => {
    const program = `
      const { prepareCommand } = await import(${JSON.stringify(join(root, "lib", "building", "prepare.mjs"))});
      const { runDoctorCommand } = await prepareCommand("doctor-command");
      await runDoctorCommand(["--json"], { milliseconds: 500 });`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: root,
      env: {
        ...withoutSettings(process.env),
        ...{ NODE_ENV: "production", ...mail(), ...database() },
      },
    });
    let out = "";
    child.stdout.on("data", (text) => {
      out += text;
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(1);
    expect(levelsOf(JSON.parse(out).findings)).toMatchObject({ SMTP: "wrong", database: "wrong" });
  });
});

test.each([
  [["--dns", "example.com"], "--dns must be"],
  [["--dns", "127.0.0.1:0"], "--dns must be"],
  [["--dkim", "a b"], "--dkim must be"],
  [["now"], "Not all of these words"],
  [["--jsn"], "Not all of these words"],
])("%s is not understood, in one sentence", async (words, sentence) => {
  await runDoctorCommand(words);
  expect(said.err).toContain(sentence);
  expect(said.err.split("\n")).toHaveLength(1);
  expect([said.out, process.exitCode]).toEqual(["", 1]);
});
