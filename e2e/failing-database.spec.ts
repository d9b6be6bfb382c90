import { readFileSync } from "node:fs";
import { type APIRequestContext, type APIResponse, request } from "@playwright/test";
import pg from "pg";
import { expect, test } from "@/e2e/fixtures";
import { databaseIsAway } from "@/e2e/support/announced";
import { cookiesSetBy } from "@/e2e/support/cookie-jar";
import { leadsTo, PlainBrowser } from "@/e2e/support/plain-browser";
import { postgresProcesses } from "@/e2e/support/process-family";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { type Installation, startInstallation } from "@/lib/testing/installation";
import { waitForLocks, whileLocked } from "@/lib/testing/table-lock";

test.describe.configure({ mode: "default", timeout: 180_000 });

let server: Installation;
let person: { email: string; password: string };

test.beforeAll(async () => {
  // Nobody is asked for a code: these tests are about what comes after.
  server = await startInstallation("failing", { VERIFICATION_MODE: "off" });
  server.mayLog(
    /VERIFICATION_MODE is off/,
    /relation .{1,2}session.{1,2} does not exist|The table `public\.session` does not exist/,
    /No worker runs/,
    ...databaseIsAway,
  );
  const printed = readFileSync(server.logFile, "utf8");
  const [, email = "", password = ""] = /Demo customer: (\S+), password (\S+)/.exec(printed) ?? [];
  person = { email, password };
});
test.afterAll(() => server.stop());

async function query(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: runningDatabaseUrl(server.dataDir) });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The statement that ends all other connections to a database, and waits until they are gone. */
const endOthersOf = (database: string) => `
  SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND datname = '${database}' AND backend_type = 'client backend'`;

/** Runs something while the database does not answer. */
async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  const frozen = postgresProcesses(server.dataDir);
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  try {
    return await work();
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
}

async function signedIn(): Promise<{ http: APIRequestContext; browser: PlainBrowser }> {
  const http = await request.newContext({ baseURL: server.url });
  const browser = new PlainBrowser(http);
  expect(leadsTo(await browser.signIn(person))).toBe("/account");
  return { http, browser };
}

const isIn = async (http: APIRequestContext) =>
  (await http.get("/account", { maxRedirects: 0 })).status() === 200;
const namesSetBy = (answer: APIResponse) => cookiesSetBy(answer).map(({ name }) => name);
const csrfOf = async (http: APIRequestContext): Promise<string> =>
  (await (await http.get("/api/auth/csrf")).json()).csrfToken;

/** The lines of the log that belong to an answer, but for the request's own. */
function linesOf(answer: APIResponse): Record<string, unknown>[] {
  const id = answer.headers()["x-request-id"] ?? "";
  return readFileSync(server.logFile, "utf8")
    .split("\n")
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg !== "request");
}

test("with the database away a sign-out says that it could not, and the cookie stays", async () => {
  const { http, browser } = await signedIn();
  const form = await browser.readForm("/account", "Sign out");
  const csrfToken = await csrfOf(http);
  await withoutDatabase(async () => {
    const answer = await browser.post("/account", form);
    expect(leadsTo(answer)).toBe("/login");
    expect(namesSetBy(answer)).not.toContain("portaria.session");
    const said = await (await http.get("/login")).text();
    expect(said).toMatch(/role="alert"[^>]*>.*You are not signed out/);
    expect(said).not.toContain("You are signed out");
    // NextAuth's own routes take no cookie away either.
    for (const asked of [
      await http.get("/api/auth/session"),
      await http.post("/api/auth/signout", { form: { csrfToken }, maxRedirects: 0 }),
    ]) {
      expect(asked.status()).toBe(503);
      expect(namesSetBy(asked)).not.toContain("portaria.session");
    }
  });
  await expect.poll(async () => (await http.get("/api/health")).status()).toBe(200);
  const again = await signedIn();
  const form2 = await again.browser.readForm("/account", "Sign out");
  expect(leadsTo(await again.browser.post("/account", form2))).toBe("/login");
  expect(await (await again.http.get("/login")).text()).toContain("You are signed out.");
  expect(await isIn(again.http)).toBe(false);
  await http.dispose();
  await again.http.dispose();
});

test("an error of a page, a form or a route is a 500 with one line in the log, and no secret in it", async () => {
  const { http, browser } = await signedIn();
  const form = await browser.readForm("/account", "Sign out");
  const csrfToken = await csrfOf(http);
  await query("ALTER TABLE session RENAME TO session_elsewhere");
  try {
    const token = "a-token-in-a-link";
    const answers = {
      page: await http.get(`/account?token=${token}`),
      action: await browser.post(`/account?token=${token}`, { ...form, typed: token }),
      route: await http.get(`/api/auth/session?token=${token}`),
      signOut: await http.post("/api/auth/signout", { form: { csrfToken }, maxRedirects: 0 }),
    };
    for (const [name, answer] of Object.entries(answers)) {
      expect.soft(answer.status(), name).toBe(500);
      expect.soft(namesSetBy(answer), name).not.toContain("portaria.session");
      await expect.poll(() => linesOf(answer).length, { message: name }).toBe(1);
      const [line] = linesOf(answer);
      expect.soft(line, name).toMatchObject({
        level: "error",
        requestId: answer.headers()["x-request-id"],
        // "error" is what node-postgres calls its own.
        err: { type: expect.stringMatching(/Error$|^error$/), stack: expect.anything() },
      });
    }
    expect(readFileSync(server.logFile, "utf8")).not.toContain(token);
  } finally {
    await query("ALTER TABLE session_elsewhere RENAME TO session");
  }
  // What could not be ended lives, and its cookie was kept.
  expect(await isIn(http)).toBe(true);
  await http.dispose();
});

test("a database that only reads after a failover counts as away, until there is a new primary", async () => {
  const { http, browser } = await signedIn();
  const form = await browser.readForm("/account", "Sign out");
  const name = new URL(runningDatabaseUrl(server.dataDir) ?? "").pathname.slice(1);
  await query(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`, endOthersOf(name));
  await expect
    .poll(async () => (await http.get("/api/health")).text())
    .toBe('{"status":"database read-only"}');
  expect((await http.get("/api/health")).status()).toBe(503);
  expect(leadsTo(await browser.post("/account", form))).toBe("/login");
  expect(await (await http.get("/login")).text()).toContain("You are not signed out");
  const answer = await browser.signIn(person);
  expect(leadsTo(answer)).toBe("/login");
  expect(await (await http.get("/login")).text()).toContain(
    "We cannot reach our records right now",
  );
  // The connections to the old primary live on; what comes next goes to the new one all the same.
  await query(
    "SET default_transaction_read_only = off",
    `ALTER DATABASE "${name}" RESET default_transaction_read_only`,
  );
  await expect.poll(async () => (await http.get("/api/health")).status()).toBe(200);
  expect(await isIn(http)).toBe(true);
  expect(leadsTo(await browser.post("/account", form))).toBe("/login");
  expect(await isIn(http)).toBe(false);
  await http.dispose();
});

test("while tables are locked no page, form or route is a 500: one error line each, nothing counted, health 503", async () => {
  const { http, browser } = await signedIn();
  const anybody = await request.newContext({ baseURL: server.url });
  const visitor = new PlainBrowser(anybody);
  const databaseUrl = runningDatabaseUrl(server.dataDir) ?? "";
  const forms = {
    signOut: await browser.readForm("/account", "Sign out"),
    contact: await browser.readForm("/account/contact", "Change e-mail"),
    password: await browser.readForm("/account/password", "newPassword"),
    place: await browser.readForm("/account/security", "network"),
    signIn: await visitor.readForm("/login", "password"),
    signUp: await visitor.readForm("/signup", "password"),
    forgot: await visitor.readForm("/forgot-password", "email"),
    lost: await visitor.readForm("/recover", "email"),
  };
  const csrfToken = await csrfOf(http);
  const name = new URL(databaseUrl).pathname.slice(1);
  await waitForLocks(databaseUrl, 200);
  await query(endOthersOf(name));
  const tables = ["session", "account", "trusted_place", "challenge", "mail", "rate_window"];
  const count = async () => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query(
      `SELECT (SELECT count(*) FROM mail) AS mails, (SELECT count(*) FROM session) AS sessions,
        (SELECT sum(cardinality(hits)) FROM rate_window) AS uses`,
    );
    await client.end();
    return rows[0];
  };
  const before = await count();
  const { email, password } = person;
  const answers: Record<string, APIResponse> = {};
  await whileLocked(databaseUrl, [...tables, "recovery_case", "further_address"], async () => {
    const area = ["", "/security", "/security/sessions", "/contact", "/activity"];
    for (const path of area.map((page) => `/account${page}`)) {
      answers[path] = await http.get(path, { headers: { accept: "text/html" } });
      expect.soft(answers[path].status(), path).toBe(503);
      expect.soft(answers[path].headers()["retry-after"], path).toBe("5");
    }
    // It serves as long as it can.
    answers["/login"] = await http.get("/login");
    expect.soft(answers["/login"].status()).toBe(200);
    answers.session = await http.get("/api/auth/session");
    const csv = "/account/security/history.csv";
    answers.csv = await http.get(csv);
    answers.callback = await http.post("/api/auth/callback/password", {
      form: { csrfToken, email, password },
      maxRedirects: 0,
    });
    answers.apiSignOut = await http.post("/api/auth/signout", {
      form: { csrfToken },
      maxRedirects: 0,
    });
    for (const name of ["session", "csv", "callback", "apiSignOut"]) {
      expect.soft(answers[name]?.status(), name).toBe(503);
    }
    const sent: [string, PlainBrowser, string, Record<string, string>, Record<string, string>][] = [
      ["signOut", browser, "/account", forms.signOut, {}],
      [
        "contact",
        browser,
        "/account/contact",
        forms.contact,
        { email: "new@example.com", password },
      ],
      [
        ...(["password", browser, "/account/password", forms.password] as const),
        { currentPassword: password, newPassword: "correct horse battery staple" },
      ],
      ["place", browser, "/account/security", forms.place, { network: "203.0.113.9", password }],
      ["signIn", visitor, "/login", forms.signIn, { email, password }],
      [
        ...(["signUp", visitor, "/signup", forms.signUp] as const),
        { name: "Ana", email: "ana@example.com", password: "correct horse battery staple" },
      ],
      ["forgot", visitor, "/forgot-password", forms.forgot, { email }],
      ["lost", visitor, "/recover", forms.lost, { email }],
    ];
    for (const [name, who, path, form, typed] of sent) {
      const answer = await who.post(path, { ...form, ...typed });
      answers[name] = answer;
      const back = name === "signOut" ? "/login" : path;
      expect.soft(leadsTo(answer) ?? answer.status(), name).toBe(back);
      expect.soft(namesSetBy(answer), name).not.toContain("portaria.session");
    }
    expect((await http.get("/api/health")).status()).toBe(503);
    expect(await (await http.get("/api/health")).json()).toEqual({ status: "database locked" });
  });
  expect(await answers["/account"]?.text()).toContain('<html lang="en">');
  for (const [name, answer] of Object.entries(answers)) {
    const errors = () => linesOf(answer).filter(({ level }) => level === "error");
    await expect.poll(() => errors().length, { message: name }).toBe(1);
    expect.soft(errors()[0], name).toMatchObject({ msg: "The database is away", reason: "55P03" });
  }
  expect(await count()).toEqual(before);
  // The banner has the demo people's passwords.
  const lines = readFileSync(server.logFile, "utf8").split("\n");
  const log = lines.filter((line) => line.startsWith("{")).join("\n");
  for (const secret of [password, "correct horse", csrfToken]) expect(log).not.toContain(secret);
  // What each form says when its page can be shown again.
  await expect.poll(async () => (await http.get("/api/health")).status()).toBe(200);
  expect(await isIn(http)).toBe(true);
  // The last form of each browser: what was typed is there again, but for the password.
  const security = await (await http.get("/account/security")).text();
  expect(security).toContain('value="203.0.113.9"');
  const lost = await (await anybody.get("/recover")).text();
  expect(lost).toMatch(new RegExp(`value="${email}"`));
  for (const page of [security, lost]) {
    expect(page).toContain("We cannot reach our records right now");
    expect(page).not.toContain(password);
  }
  await query(`ALTER DATABASE "${name}" RESET lock_timeout`, endOthersOf(name));
  await http.dispose();
  await anybody.dispose();
});
