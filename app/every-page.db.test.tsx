import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { Client } from "pg";
import type { ComponentType } from "react";
import { beforeAll, expect, test, vi } from "vitest";
import { allBut, shutOut } from "@/lib/access/shut-out";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { lapseCases } from "@/lib/cases/change/lapse-cases";
import { isLongTrusted } from "@/lib/cases/request/draft-store";
import { clientIpHeader } from "@/lib/client/client-ip";
import { cookieName } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { foldFigures } from "@/lib/figures/fold-figures";
import { deepHealth } from "@/lib/heartbeat/deep-health";
import { cleanUp, forgetAnswers } from "@/lib/jobs/clean-up";
import { forgetOldMails } from "@/lib/mail/keep-outbox";
import { linkOfMail } from "@/lib/mail/mailbox";
import { takeMails } from "@/lib/mail/take-store";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { requestReset } from "@/lib/recovery/request-reset";
import { presentSecretId } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { hashSecret, newSecret, seal } from "@/lib/secrets/secrets";
import { sealSession } from "@/lib/secrets/session-token";
import { renderPage } from "@/lib/server/straight/render-page";
import { signIn } from "@/lib/sign-in/sign-in";
import { signUp } from "@/lib/sign-up/sign-up";
import { crowdAccount, crowdPlaces, fillCrowd } from "@/lib/testing/crowd";
import { fillRows } from "@/lib/testing/crowd-rows";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { alikeButtons, formsOfNobody } from "@/lib/testing/markup";
import { clientAt } from "@/lib/testing/people";
import { explainEverything, type Statement, statementsOf } from "@/lib/testing/statements";

/** What one statement of a page may read: a page of rows some times over, never a table. */
const ROWS = 600;
const PAGES = 5_000;

const ACCOUNTS = 20_000;
const PLACES = 100_000;
const ROWS_OF_OTHERS = 20_000;
const PASSWORD = "a long enough passphrase";

const asked = vi.hoisted(() => ({ cookies: new Map<string, string>(), ip: "10.0.0.1" }));

vi.mock("@/lib/log/request-context", async (original) => ({
  ...(await original<typeof import("@/lib/log/request-context")>()),
  requestBrought: () => ({
    headers: new Headers({ "user-agent": "Mozilla/5.0", [clientIpHeader]: asked.ip }),
    cookies: { get: (name: string) => asked.cookies.get(name), set() {}, take: () => [] },
  }),
}));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`leads to ${to}`);
  },
  notFound: () => {
    throw new Error("is not found");
  },
  useRouter: () => ({ refresh() {} }),
}));
vi.mock("@/components/post-form", () => ({
  PostForm: ({ children }: { children: never }) => <form>{children}</form>,
  holdsTyped: () => false,
  cameBack: () => false,
  typedIn: () => undefined,
}));

const url = testDatabase();
const BLOCK = "B7QM-2PX";
const ids = { customer: "", admin: "", case: "", mail: "", sent: "", app: "" };
const tokens: Record<string, string> = {};

type Visit = {
  as: "nobody" | "customer" | "admin";
  /** Cookies beside the session's. */
  with?: () => Record<string, string>;
  params?: () => Record<string, string>;
  query?: () => Record<string, string>;
  /** Tables that a statement of it walks all the same, and why that is right. */
  walks?: { tables: string[]; because: string };
  /** How many statements it takes at most, where a sign-in ends at it. */
  statements?: number;
  /** What it ends with where it does not show a page. */
  ends?: string;
};

const pending = { id: "", secret: newSecret() };
const withPending = () => ({ pending: `${pending.id}.${pending.secret}` });
const token = (name: string) => () => ({ token: tokens[name] ?? "" });

const ofText = {
  params: () => ({ kind: "sign-in-code" }),
  query: () => ({ language: "fr" }),
};

/** Every page of the app, and how it is looked at where it reads most. */
const pages: Record<string, Visit[]> = {
  "(door)/confirm-address": [{ as: "nobody", query: token("confirm-address") }],
  "(door)/forgot-password": [{ as: "nobody" }],
  help: [{ as: "nobody" }, { as: "nobody", query: () => ({ q: "code" }) }],
  "help/was-it-us": [{ as: "nobody" }, { as: "customer" }],
  "help/[article]": [
    { as: "nobody", params: () => ({ article: "login-code" }) },
    { as: "customer", params: () => ({ article: "login-code" }) },
  ],
  "(door)/login": [{ as: "nobody" }, { as: "customer" }],
  "(door)/not-me": [{ as: "nobody", query: token("not-me") }],
  "(door)/recover": [
    { as: "nobody", with: () => ({ case: seal("case", tokens.draft) }) },
    { as: "customer" },
    { as: "nobody", with: withPending },
  ],
  "(door)/recover/object": [{ as: "nobody", query: token("object-case") }],
  "(door)/recover/status": [{ as: "nobody", query: token("case") }],
  "(door)/reset-password": [{ as: "nobody", query: token("password reset") }],
  "(door)/signup": [{ as: "nobody" }],
  "(door)/staff-invitation": [{ as: "nobody", query: token("staff-invitation") }],
  "(door)/verify": [{ as: "nobody", with: withPending, statements: 1 }],
  // The session with its account, and what it has for its second step.
  account: [{ as: "customer", statements: 2 }],
  "account/activity": [{ as: "customer" }],
  "account/confirm": [{ as: "customer" }],
  "account/contact": [{ as: "customer" }],
  "account/data": [{ as: "customer" }],
  "account/let-in": [{ as: "customer" }],
  "account/password": [{ as: "customer" }],
  "account/security": [{ as: "customer" }],
  "account/security/history": [
    { as: "customer" },
    { as: "customer", query: () => ({ show: "refused" }) },
  ],
  "account/security/mails": [{ as: "customer" }],
  "account/security/sessions": [{ as: "customer" }],
  "account/security/two-step": [{ as: "customer" }],
  "account/security/two-step/app": [{ as: "customer" }],
  "account/security/two-step/check-up": [{ as: "customer" }],
  "account/security/two-step/codes": [{ as: "customer" }],
  "account/security/two-step/remove": [
    { as: "customer", query: () => ({ what: "app", id: ids.app }) },
  ],
  mailbox: [{ as: "nobody" }, { as: "nobody", query: () => ({ to: "crowd-7@example.com" }) }],
  "mailbox/[id]": [{ as: "nobody", params: () => ({ id: linkOfMail(ids.mail) }) }],
  status: [{ as: "nobody" }, { as: "customer" }],
  support: [
    "",
    "crowd-77@example.com",
    "further-7@example.com",
    "nobody@example.com",
    "10.0.0.7",
    "20.0.0.7",
    "20.0.0.0/16",
    "2a00:0:7::/48",
    "R7QM-2PX",
    BLOCK,
    "Crowd",
    "crowd 4e2",
    "no such name",
  ].map(
    (q): Visit => ({
      as: "admin",
      query: (): Record<string, string> => (q === "" ? {} : { q }),
      ...(q === BLOCK ? { ends: `leads to /support/blocks/${BLOCK}` } : {}),
    }),
  ),
  "support/audit": [
    {},
    { action: "customer-viewed" },
    { action: "case-approved" },
    { staff: "command" },
    { staff: "worker" },
    { staff: "admin" },
    { staff: "admin", action: "case-approved" },
    { staff: "admin", action: "customer-viewed", from: "2001-01-01", to: "2001-01-02" },
    { staff: "admin", from: "2001-01-01", to: "2001-01-02" },
    { about: "Crowd" },
    { about: "nobody@example.com" },
    { subject: "customer" },
    { subject: "customer", from: "2001-01-01", to: "2001-01-02" },
    { from: "2001-01-01", to: "2001-01-02" },
    { action: "case-approved", from: "2001-01-01" },
    { action: "customer-viewed", from: "2001-01-01", to: "2001-01-02" },
  ].map(
    ({ staff, subject, ...rest }: { staff?: string; subject?: string }): Visit => ({
      as: "admin",
      query: () => ({
        ...rest,
        ...(staff === undefined ? {} : { staff: staff === "admin" ? ids.admin : staff }),
        ...(subject === undefined ? {} : { subject: ids.customer }),
      }),
    }),
  ),
  "support/blocks/[reference]": [{ as: "admin", params: () => ({ reference: BLOCK }) }],
  "support/cases": [{ as: "admin" }, { as: "admin", query: () => ({ show: "ended" }) }],
  "support/cases/[id]": [{ as: "admin", params: () => ({ id: ids.case }) }],
  "support/customers/[id]": [
    { as: "admin", params: () => ({ id: ids.customer }) },
    ...["sign-ins", "mails", "account", "support"].map(
      (show): Visit => ({
        as: "admin",
        params: () => ({ id: ids.customer }),
        query: () => ({ show }),
      }),
    ),
  ],
  "support/mails/[id]": [{ as: "admin", params: () => ({ id: ids.sent }) }],
  "support/figures": [
    {
      as: "admin",
      walks: {
        tables: ["figure_quarter", "mail"],
        because:
          "there is a row for each quarter of an hour of 30 days; what waits is counted whole, at most every ten seconds",
      },
    },
  ],
  "support/questions": [{ as: "admin" }],
  "support/settings": [{ as: "admin" }],
  "support/staff": [{ as: "admin" }],
  templates: [{ as: "admin" }],
  "templates/[kind]": [{ as: "admin", ...ofText }],
  "templates/[kind]/plain": [{ as: "admin", ...ofText }],
  "templates/[kind]/proof": ["place-trusted", "sign-in-code"].map(
    (kind): Visit => ({
      as: "admin",
      params: () => ({ kind }),
      query: () => ({ language: "en" }),
    }),
  ),
  "templates/[kind]/versions": [
    { as: "admin", ...ofText },
    {
      as: "admin",
      params: ofText.params,
      query: () => ({ language: "fr", from: "built-in", to: "1" }),
    },
  ],
  "templates/blocks": [{ as: "admin" }],
  "templates/frame": [{ as: "admin" }],
  "templates/help": [{ as: "admin" }],
  "templates/images": [{ as: "admin" }],
  "templates/settings": [{ as: "admin" }],
  "templates/transfer": [{ as: "admin" }],
};

const sessionOf = async (accountId: string) => {
  const at = new Date();
  const { id } = await db.session.create({
    data: {
      ...{ accountId, because: "code", codeProvenAt: at, factorProvenAt: at },
      ...{ userAgent: "Mozilla/5.0" },
      ...{ browserId: crypto.randomUUID(), createdAt: at, lastSeenAt: at, ip: "10.0.0.1" },
    },
  });
  return sealSession({ sub: accountId, sid: id });
};

async function arrange(client: Client): Promise<void> {
  const row = async (sql: string) => (await client.query<{ id: string }>(sql)).rows[0]?.id ?? "";
  ids.customer = await crowdAccount(client, 1);
  ids.admin = await crowdAccount(client, 2);
  ids.case = await row(
    `SELECT id FROM recovery_case WHERE state = 'open' AND account_id = '${ids.customer}' LIMIT 1`,
  );
  ids.app = await row(
    `INSERT INTO authenticator_app (account_id, name, sealed_key, created_at, confirmed_at)
      VALUES ('${ids.customer}', 'Phone', '\\x00', now(), now()) RETURNING id`,
  );
  ids.mail = await row("SELECT id FROM mailbox_message LIMIT 1");
  ids.sent = await row(`SELECT id FROM mail WHERE account_id = '${ids.customer}' LIMIT 1`);
  pending.id = await row(`SELECT id FROM challenge WHERE account_id = '${ids.customer}' LIMIT 1`);
  await client.query(
    `UPDATE code_attempts SET block_reference = $1 WHERE (subject, place) = (
      SELECT subject, place FROM code_attempts WHERE subject = $2 LIMIT 1)`,
    [BLOCK, ids.customer],
  );
  const draft = await row("SELECT id FROM recovery_case WHERE state = 'draft' LIMIT 1");
  await client.query(
    "UPDATE challenge SET secret_hash = $2, ended_at = NULL, expires_at = now() + interval '9 minutes' WHERE id = $1",
    [pending.id, hashSecret(pending.secret)],
  );
  await client.query("UPDATE recovery_case SET secret_id = $1 WHERE id = ANY($2)", [
    presentSecretId(),
    [ids.case, draft],
  ]);
  const links: [Parameters<typeof linkTokenOf>[0], string][] = [
    [
      "not-me",
      `UPDATE account_link SET told_of = '{"mail":"place-trusted","ip":"10.0.0.1","network":"10.0.0.1/32","trustedBefore":true}' WHERE id = (
        SELECT id FROM account_link WHERE account_id = '${ids.customer}' LIMIT 1) RETURNING id`,
    ],
    ["password reset", "SELECT id FROM password_reset LIMIT 1"],
    ["staff-invitation", "SELECT id FROM staff_invitation WHERE ended_at IS NULL LIMIT 1"],
  ];
  for (const [purpose, sql] of links) {
    tokens[purpose] =
      linkTokenOf(purpose, { id: await row(sql), secretId: presentSecretId() }) ?? "";
  }
  const key = { id: "", secretId: presentSecretId() };
  for (const purpose of ["confirm-address", "object-case"] as const) {
    const target =
      purpose === "object-case"
        ? ids.case
        : await row(`SELECT id FROM further_address WHERE account_id = '${ids.customer}' LIMIT 1`);
    const id = await row(
      `UPDATE account_link SET purpose = '${purpose}', target_id = '${target}' WHERE id = (
        SELECT id FROM account_link WHERE account_id = '${ids.customer}' AND purpose = 'not-me' LIMIT 1) RETURNING id`,
    );
    tokens[purpose] = linkTokenOf(purpose, { ...key, id }) ?? "";
  }
  tokens.case = linkTokenOf("case", { ...key, id: ids.case }) ?? "";
  tokens.draft = draft;
}

const sessions = { customer: "", admin: "" };

beforeAll(async () => {
  const client = new Client({ connectionString: url() });
  await client.connect();
  await fillCrowd(client, { accounts: ACCOUNTS, places: PLACES }, await hashPassword(PASSWORD));
  await fillRows(client, { accounts: ACCOUNTS, rows: ROWS_OF_OTHERS });
  await crowdPlaces(client, await crowdAccount(client, 1));
  await arrange(client);
  await foldFigures();
  await client.query("ANALYZE");
  await client.end();
  sessions.customer = await sessionOf(ids.customer);
  sessions.admin = await sessionOf(ids.admin);
  await addApp(ids.admin);
  await explainEverything(url());
  const { disconnectDatabase } = await import("@/lib/db/client");
  await disconnectDatabase();
}, 120_000);

/** What each look showed, for the tests of what stands on pages. */
const markups = new Map<string, string>();

const isSetting = (text: string) => /^\s*SELECT set_config/.test(text);

/** Looks at a page: its title and all that it shows. Returns how it ended. */
async function look(path: string, { as, ...visit }: Visit): Promise<string> {
  asked.cookies.clear();
  if (as !== "nobody") asked.cookies.set(cookieName("session"), sessions[as]);
  for (const [name, value] of Object.entries(visit.with?.() ?? {})) {
    asked.cookies.set(cookieName(name as Parameters<typeof cookieName>[0]), value);
  }
  const props = {
    params: Promise.resolve(visit.params?.() ?? {}),
    searchParams: Promise.resolve(visit.query?.() ?? {}),
  };
  type Loaded = {
    default: ComponentType<typeof props>;
    generateMetadata?: (given: typeof props) => Promise<unknown>;
  };
  const { default: Page, generateMetadata } = (await import(
    join(import.meta.dirname, path, "page.tsx")
  )) as Loaded;
  await generateMetadata?.(props);
  try {
    // As the gate makes those that it makes without Next.
    markups.set(`${path} ${markups.size}`, await renderPage(<Page {...props} />));
    return "shows a page";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const folders = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => relative(".", join(file, "..")));

test("every page of the app is looked at here", () => {
  expect(Object.keys(pages).sort()).toEqual(folders.sort());
});

const visits = Object.entries(pages).flatMap(([path, list]) =>
  list.map((visit, index) => [path || "/", index, path, visit] as const),
);

test.each(visits)(
  "no statement of %s (%i) reads more than some hundred rows",
  async (_, __, path, visit) => {
    let ended = "";
    const statements = await statementsOf(async () => {
      ended = await look(path, visit);
    });
    expect(ended).toBe(visit.ends ?? "shows a page");
    const { tables } = visit.walks ?? { tables: [] };
    const much = statements
      .filter(isMuch)
      .filter(({ scans: [most = ""] }) => !tables.some((table) => most.includes(` ${table}`)));
    expect(much.map(shown)).toEqual([]);
    // The title's part reads the same again here, outside of a request.
    const own = new Set(statements.map(({ text }) => text).filter((text) => !isSetting(text)));
    expect(own.size).toBeLessThanOrEqual(visit.statements ?? Number.POSITIVE_INFINITY);
  },
);

test("the buttons of a page that share a name are distinguished by their descriptions", () => {
  expect(markups.size).toBeGreaterThan(Object.keys(pages).length);
  const alike = [...markups].map(([page, markup]) => [page, alikeButtons(markup)] as const);
  expect(alike.filter(([, buttons]) => buttons.length > 0)).toEqual([]);
});

test("every form that asks for a password says to password managers whose it is", () => {
  const ofNobody = [...markups].map(([page, markup]) => [page, formsOfNobody(markup)] as const);
  expect(ofNobody.filter(([, forms]) => forms.length > 0)).toEqual([]);
  const asking = [...markups.values()].join("").match(/autocomplete="(new|current)-password"/gi);
  expect(asking?.length).toBeGreaterThan(10);
});

const visitor = (ip: string) => ({ client: clientAt(ip), browserId: crypto.randomUUID() });

async function signInFrom(ip: string, expected: string): Promise<void> {
  const { client, browserId } = visitor(ip);
  const checked = await checkPassword("crowd-3@example.com", PASSWORD, client, browserId);
  if (checked.kind !== "right") throw new Error(`The password was ${checked.kind}.`);
  const { accountId, passwordChangedAt: changedAt } = checked;
  const proof = { kind: "password", changedAt } as const;
  const request = { accountId, proof, client, browserId, callbackPath: null, earlier: null };
  expect((await signIn(request)).kind).toBe(expected);
}

const since = new Date();

/** What forms and the worker do, beside what pages show. */
const steps: Record<string, () => Promise<unknown>> = {
  "a sign-in from a known place": () => signInFrom("10.0.0.0", "entered"),
  "a sign-in from a new network": () => signInFrom("192.0.2.9", "code-asked"),
  "a link to set a password": () => requestReset("crowd-5@example.com", clientAt("192.0.2.9")),
  "a sign-up": () =>
    signUp({
      ...{ email: "somebody@example.com", locale: "en", callbackPath: null, earlier: null },
      ...{ person: { kind: "new", name: "Ana", password: PASSWORD }, ...visitor("192.0.2.9") },
    }),
  "a case that is sent from a shared place": () =>
    isLongTrusted(db, { accountId: ids.customer, network: "10.0.0.1/32", since }),
  "a case that is sent from a place of one's own": () =>
    isLongTrusted(db, { accountId: ids.customer, network: "30.0.0.30/32", since }),
  "a session that ends": () =>
    inTransaction(async (tx) => {
      const keep = { ways: allBut("sessions") };
      await shutOut(tx, ids.customer, { because: "ended-by-support", keep, now: since });
    }),
  "deep health, and what each process looks at every ten seconds": () => deepHealth(),
  "what the worker counts each quarter of an hour": () => foldFigures(),
  "mails that are taken to be sent": () =>
    takeMails(db, {
      ...{ pace: { channel: "resend", intervalMs: 1, keepsSlotFree: true }, most: 20, spare: 0 },
      ...{ isForLongWait: true, except: [], settled: [] },
    }),
  "what the worker looks after each minute": async () => {
    await carryOutCases();
    await remindOwners();
    await lapseCases();
    await forgetAnswers();
  },
};

test.each(Object.entries(steps))(
  "no statement of %s reads more than some hundred rows",
  async (_, step) => {
    const statements = await statementsOf(step);
    expect(statements.filter(isMuch).map(shown)).toEqual([]);
    expect(statements).not.toEqual([]);
  },
);

test("no statement of a clean-up with nothing to clean reads more than some hundred rows", async () => {
  await cleanUp();
  await forgetOldMails();
  await db.$executeRaw`VACUUM`;
  const statements = await statementsOf(async () => {
    await cleanUp();
    await forgetOldMails();
  });
  expect(statements.filter(isMuch).map(shown)).toEqual([]);
});

const isMuch = ({ rows, pages }: Statement) => rows > ROWS || pages > PAGES;

const shown = ({ text, rows, pages, scans }: Statement) =>
  `${rows} rows, ${pages} pages (${scans.join(", ")}): ${text.replace(/\s+/g, " ")}`;
