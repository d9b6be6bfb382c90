import { once } from "node:events";
import { connect } from "node:net";
import { request } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { databaseIsAway, mailIsNotTaken } from "@/e2e/support/announced";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { mailThrough } from "@/e2e/support/mail-settings";
import { leadsTo, PlainBrowser } from "@/e2e/support/plain-browser";
import { postgresProcesses } from "@/e2e/support/process-family";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { type Installation, startInstallation } from "@/lib/testing/installation";

test.describe.configure({ mode: "default", timeout: 120_000 });

const withMail = (resend: FakeResend, dataDir: string) => ({
  ...mailThrough(resend.url),
  DATA_DIR: dataDir,
});

async function signUp(server: Installation, email: string): Promise<void> {
  const http = await request.newContext({ baseURL: server.url });
  const form = { name: "Ines Castro", email, password: "a passphrase of some length" };
  const answer = await new PlainBrowser(http).send("/signup", "name", form);
  expect(leadsTo(answer)).toBe("/verify");
  await http.dispose();
}

test("a process killed between a sign-in and its mail still sends it, once", async ({ person }) => {
  const resend = await startFakeResend();
  const dataDir = makeTestDirectory("portaria-killed-");
  try {
    resend.fail("500");
    const first = await startInstallation("killed", withMail(resend, dataDir));
    first.mayLog(...mailIsNotTaken);
    await signUp(first, person.email);
    await expect.poll(() => resend.requests().length, { timeout: 40_000 }).toBeGreaterThan(0);
    process.kill(first.pid, "SIGKILL");
    await first.ended;
    await first.stop();
    expect(resend.mails(person.email)).toHaveLength(0);
    resend.fail("none");
    const second = await startInstallation("revived", withMail(resend, dataDir));
    await expect.poll(() => resend.mails(person.email).length, { timeout: 30_000 }).toBe(1);
    await second.stop();
    expect(resend.mails(person.email)).toHaveLength(1);
  } finally {
    await resend.close();
    await removeTestDirectory(dataDir);
  }
});

test("a provider that hangs never keeps a page waiting, nor another mail", async ({ person }) => {
  const resend = await startFakeResend();
  const dataDir = makeTestDirectory("portaria-hanging-");
  const server = await startInstallation("hanging", withMail(resend, dataDir));
  server.mayLog(...mailIsNotTaken, /A part of the server took too long to stop/);
  try {
    resend.fail({ mode: "hang", to: person.email });
    await signUp(server, person.email);
    await expect.poll(() => resend.requests().length).toBeGreaterThan(0);
    const other = `other-${person.email}`;
    await signUp(server, other);
    await expect.poll(() => resend.mails(other).length, { timeout: 9_000 }).toBe(1);
    expect(resend.mails(person.email)).toHaveLength(0);
  } finally {
    await resend.close();
    await server.stop();
    await removeTestDirectory(dataDir);
  }
});

test("while the database is away everything says so, and it goes on by itself", async () => {
  const server = await startInstallation("outage", {});
  server.mayLog(...databaseIsAway);
  const frozen = postgresProcesses(server.dataDir);
  try {
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    const health = await fetch(`${server.url}/api/health`);
    expect(health.status).toBe(503);
    // The page that needs no record is served, and its form says what is wrong.
    const http = await request.newContext({ baseURL: server.url });
    const form = { email: "maria@example.com", password: "a passphrase of some length" };
    const answer = await new PlainBrowser(http).send("/login", "password", form);
    expect(leadsTo(answer)).toBe("/login");
    expect(await (await http.get("/login")).text()).toContain(
      "We cannot reach our records right now",
    );
    await http.dispose();
    const mailbox = await fetch(`${server.url}/mailbox`);
    expect(mailbox.status).toBe(503);
    expect(mailbox.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(mailbox.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
  await expect.poll(async () => (await fetch(`${server.url}/api/health`)).status).toBe(200);
  await server.stop();
});

test.describe("an installation with nothing set", () => {
  let server: Installation;
  test.beforeAll(async () => {
    server = await startInstallation("here", {});
  });
  test.afterAll(() => server?.stop());

  test("a second one on its data directory says so in one sentence", async () => {
    const second = startInstallation("second", { DATA_DIR: server.dataDir });
    await expect(second).rejects.toThrow(/already|in use/i);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  test("its port, taken, is named in one sentence", async () => {
    const { port } = new URL(server.url);
    await expect(startInstallation("there", { PORT: port })).rejects.toThrow(new RegExp(`${port}`));
  });

  // The last one: it stops the server.
  test("SIGTERM cuts no request in flight and ends with 0", async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const body = "email=nobody%40example.com&password=x";
    const headers = `host: ${hostname}:${port}\r\ncontent-type: application/x-www-form-urlencoded\r\n`;
    socket.write(`POST /login HTTP/1.1\r\n${headers}content-length: ${body.length}\r\n\r\n`);
    socket.write(body.slice(0, 10));
    // A second request that is answered shows that the first one has arrived.
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
    process.kill(server.pid, "SIGTERM");
    await expect
      .poll(() =>
        fetch(`${server.url}/api/health`).then(
          () => "listens",
          () => "stopped",
        ),
      )
      .toBe("stopped");
    socket.write(body.slice(10));
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 (2|3)\d\d /);
    socket.destroy();
    expect(await server.ended).toBe(0);
  });
});
