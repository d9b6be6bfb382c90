import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test, vi } from "vitest";
import { checkMail } from "@/lib/doctor/check-mail";
import type { Dns } from "@/lib/doctor/dns";
import { withinLimit } from "@/lib/doctor/finding";
import { type Environment, readEnvironment } from "@/lib/env/env";
import { startImap } from "@/lib/testing/imap-server";
import { namedCertificate } from "@/lib/testing/named-certificate";

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closings.splice(0).map((close) => close()));
});

const noDns: Dns = { txt: async () => [], mx: async () => [], addresses: async () => [] };

type Said = { status: number; body: unknown };

/** A Resend that answers for its domains. */
async function startResend(answers: Record<string, Said>) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const { status, body } = answers[request.url ?? ""] ?? { status: 404, body: {} };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  closings.push(() => new Promise((resolve) => server.close(resolve)));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const key = "re_secret_key";

const check = (env: Environment, selector: string | null) =>
  withinLimit(20_000, (inTime) => checkMail(env, { dns: noDns, selector, inTime }));

async function look(settings: Record<string, string>, selector: string | null = null) {
  const env = readEnvironment({ EMAIL_FROM: "Host <no-reply@mail.host.example>", ...settings });
  const findings = await check(env, selector);
  for (const secret of [key, "tops3cret"]) expect(JSON.stringify(findings)).not.toContain(secret);
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

const atResend = (url: string) => ({ RESEND_API_KEY: key, RESEND_BASE_URL: url });

const domains = (status: string, name = "host.example") => ({
  status: 200,
  body: { data: [{ id: "d1", name, status }] },
});
const domain = (more: object) => ({
  status: 200,
  body: { records: [{ record: "SPF", type: "MX", name: "back" }], ...more },
});

test("an API key is tried by asking for domains, and nothing is sent", async () => {
  const { asked, url } = await startResend({
    "/domains": domains("verified"),
    "/domains/d1": domain({ open_tracking: false, click_tracking: false }),
  });
  const found = await look(atResend(url));
  expect(asked).toEqual([`GET /domains Bearer ${key}`, `GET /domains/d1 Bearer ${key}`]);
  expect([found.Resend?.level, found.tracking?.level]).toEqual(["ok", "ok"]);
  // Mail comes back to where Resend says, not to what it is usually called.
  expect(found.SPF?.says).toContain("back.host.example");
  expect(found.DKIM?.says).toContain("resend._domainkey.mail.host.example");
  expect(found.webhooks).toMatchObject({
    level: "warning",
    todo: expect.stringContaining("/api/webhooks/resend"),
  });
});

test.each<[string, Record<string, Said>, string, string]>([
  [
    "a wrong key",
    { "/domains": { status: 401, body: { name: "invalid_api_key" } } },
    "wrong",
    "invalid_api_key",
  ],
  [
    "a domain that is not verified",
    { "/domains": domains("pending") },
    "wrong",
    "not verified host.example (pending)",
  ],
  [
    "a domain that is not there",
    { "/domains": domains("verified", "other.example") },
    "wrong",
    "does not know mail.host.example",
  ],
  [
    "a domain whose name ends alike",
    { "/domains": domains("verified", "ost.example") },
    "wrong",
    "does not know",
  ],
  ["a Resend that is ill", { "/domains": { status: 500, body: "no" } }, "wrong", "answered 500"],
  [
    "an answer that says nothing",
    { "/domains": { status: 200, body: [] } },
    "wrong",
    "answered 200",
  ],
  [
    "a key that may only send",
    { "/domains": { status: 401, body: { name: "restricted_api_key" } } },
    "ok",
    "may send",
  ],
])("of Resend: %s", async (_, answers, level, says) => {
  const { url } = await startResend(answers);
  expect((await look(atResend(url))).Resend).toMatchObject({
    level,
    says: expect.stringContaining(says),
  });
});

test("a Resend that is away is said to be", async () => {
  const { url } = await startResend({});
  await Promise.all(closings.splice(0).map((close) => close()));
  expect((await look(atResend(url))).Resend).toMatchObject({
    ...{ level: "wrong", says: expect.stringContaining("ECONNREFUSED") },
  });
});

test("a domain that counts opens or clicks is wrong, and one that does not say is to be looked at", async () => {
  for (const [more, level] of [
    [{ open_tracking: true, click_tracking: false }, "wrong"],
    [{ open_tracking: false, click_tracking: true }, "wrong"],
    [{}, "warning"],
  ] as const) {
    const { url } = await startResend({
      "/domains": domains("verified"),
      "/domains/d1": domain(more),
    });
    expect((await look(atResend(url))).tracking).toMatchObject({
      level,
      todo: expect.stringContaining("turn off open tracking and click tracking"),
    });
  }
});

/** An SMTP server that knows one user. */
async function startSmtp(options: SMTPServerOptions = {}) {
  const mails: string[] = [];
  const server = new SMTPServer({
    ...options,
    ...{ allowInsecureAuth: true, disabledCommands: ["STARTTLS"], closeTimeout: 1 },
    onAuth: ({ username, password }, _session, done) =>
      password === "tops3cret" ? done(null, { user: username }) : done(new Error("Invalid login")),
    onMailFrom(address, _session, done) {
      mails.push(address.address);
      done();
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  closings.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, at: `127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

test("a mail server is signed in to, and nothing is sent", async () => {
  const { mails, at } = await startSmtp();
  const right = await look({ SMTP_URL: `smtp://relay:tops3cret@${at}` }, "k1");
  expect(right.SMTP).toMatchObject({ level: "ok" });
  expect(right.DKIM?.says).toContain("k1._domainkey.mail.host.example");
  expect(right.SMTP_BOUNCES).toMatchObject({ level: "warning" });
  const wrong = await look({ SMTP_URL: `smtp://relay:other@${at}` });
  expect(wrong.SMTP).toMatchObject({ level: "wrong", says: expect.stringContaining("535") });
  expect(mails).toEqual([]);
});

test("returned mail is looked for where it comes back to", async () => {
  const { at } = await startSmtp();
  const url = { SMTP_URL: `smtp://relay:tops3cret@${at}` };
  const found = await look({ ...url, SMTP_BOUNCES: "back@bounces.example" });
  expect(found.SMTP_BOUNCES).toMatchObject({
    level: "ok",
    says: expect.stringContaining("npm run bounce"),
  });
  expect(found.return?.says).toContain("bounces.example");
  expect(found.SPF?.says).toContain("bounces.example");
});

test("the mailbox of returned mail is looked at while the mail server is silent", async () => {
  const inbox = await startImap(namedCertificate);
  closings.push(inbox.stop);
  const isAsked = () => vi.waitFor(() => expect(inbox.heard).not.toEqual([]), { timeout: 15_000 });
  const { at } = await startSmtp({
    onConnect: (_session, done) => void isAsked().then(() => done(), done),
  });
  const found = await look({
    SMTP_URL: `smtp://relay:tops3cret@${at}`,
    SMTP_BOUNCES: `imaps://back%40host.example:x@127.0.0.1:${inbox.port}/INBOX?tls.rejectUnauthorized=false`,
  });
  expect([found.SMTP?.level, found.SMTP_BOUNCES?.level]).toEqual(["ok", "ok"]);
});

test("with two ways out both are looked at", async () => {
  const [{ at }, { url }] = [
    await startSmtp(),
    await startResend({ "/domains": domains("pending") }),
  ];
  const settings = { ...atResend(url), SMTP_URL: `smtp://relay:tops3cret@${at}` };
  const env = { ...settings, EMAIL_TRANSPORT: "resend,smtp", EMAIL_FROM: "no-reply@host.example" };
  const findings = await check(readEnvironment(env), "k1");
  expect(findings.filter(({ check }) => check === "DKIM").map(({ says }) => says)).toEqual([
    "There is no key at resend._domainkey.host.example.",
    "There is no key at k1._domainkey.host.example.",
  ]);
});

test("mail that stays here is said to", async () => {
  expect((await look({})).mail).toMatchObject({ level: "warning" });
});
