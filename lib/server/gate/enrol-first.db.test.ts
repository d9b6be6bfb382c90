import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { actionField } from "@/components/next-internals";
import * as sessions from "@/lib/account/session-store";
import { cookieName } from "@/lib/cookies/cookies";
import { TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { formId, makeFormTable } from "@/lib/forms/form-table";
import { publishedShapes } from "@/lib/forms/published-shapes";
import { formRegistry } from "@/lib/forms/registry";
import { currentRequest } from "@/lib/log/request-context";
import { root } from "@/lib/machine/project.mjs";
import { currentSession } from "@/lib/next-auth/session-cookie";
import { sealSession } from "@/lib/secrets/session-token";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";
import { statementsOf } from "@/lib/testing/statements-of";

const pressed = vi.hoisted(() => ({ names: [] as string[] }));
vi.mock("@/lib/server/presses/presses", () => ({
  presses: Object.fromEntries(
    ["sign-in", "verify"].map((name) => [
      name,
      async () => {
        pressed.names.push(name);
        return "/login";
      },
    ]),
  ),
}));

testDatabase();

/** The registry's forms, as a build of today would serve them. */
const table = makeFormTable(formRegistry, publishedShapes, {
  node: Object.fromEntries(
    Object.values(formRegistry).map(({ action }, index) => {
      const [filename = "", exportedName = ""] = action.split("#");
      const pages = Object.values(formRegistry).filter((one) => one.action === action);
      const workers = Object.fromEntries(pages.map(({ page }) => [`app${page}/page`, {}]));
      return [String(index), { filename: `${filename}.ts`, exportedName, workers }];
    }),
  ),
});

let gate: GateUnderTest;
/** What the page that the app makes does first. */
let asksPage = async (): Promise<unknown> => undefined;
const reached: string[] = [];

beforeAll(async () => {
  gate = await startGate(
    async (req, res) => {
      req.resume();
      await (req.method === "GET" ? asksPage() : undefined);
      reached.push(`${req.method} ${req.url}`);
      res.writeHead(200, { "Content-Type": "text/plain" }).end("the app");
    },
    { forms: table },
  );
});
afterAll(() => gate.stop());
beforeEach(() => {
  reached.length = 0;
  pressed.names.length = 0;
});
afterEach(() => {
  delete process.env.TWO_STEP_REQUIRED;
  resetEnvironment();
});

const people = { staff: "", customer: "" };
const cookies = { staff: "", customer: "" };

async function signedIn(role: string): Promise<{ id: string; cookie: string }> {
  const { session } = await makeActor();
  const { id, accountId } = session;
  await db.account.update({ where: { id: accountId }, data: { role } });
  const token = sealSession({ sub: accountId, sid: id });
  return { id: accountId, cookie: `${cookieName("session")}=${token}` };
}

beforeAll(async () => {
  const [staff, customer] = [await signedIn("marketing"), await signedIn("customer")];
  Object.assign(people, { staff: staff.id, customer: customer.id });
  Object.assign(cookies, { staff: staff.cookie, customer: customer.cookie });
});

function requireOfCustomers(): void {
  process.env.TWO_STEP_REQUIRED = "customer";
  resetEnvironment();
}

/** What may open before, written out once more. */
const opensBefore = [
  /^\/account\/security\/two-step(\/|$)/,
  /^\/account\/confirm$/,
  /^\/help(\/|$)/,
  /^\/status$/,
  /^\/(login|signup|verify|forgot-password|reset-password|not-me|confirm-address)$/,
  /^\/staff-invitation$/,
  /^\/recover(\/|$)/,
  // Nobody is signed in there, and a demo installation's codes are read there.
  /^\/mailbox(\/|$)/,
  /^\/mail-images\//,
  /^\/\.well-known\//,
  /^\/(language|time-zone)$/,
  /^\/api\/(auth\/|language$)/,
];
const mayOpen = (path: string) => opensBefore.some((one) => one.test(path));

/** Every page and every route of the site, by an address of it. */
const addresses = readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
  .map((file) => `/${file.replaceAll("\\", "/")}`)
  .filter((file) => /\/(page\.tsx|route\.ts)$/.test(file))
  .map((file) => file.replace(/\/[^/]+$/, "").replace(/\/\([^)]*\)/g, ""))
  .map((path) => path.replace("[...nextauth]", "session").replace(/\[\w+\]/g, "some") || "/")
  .sort();

test("the pages and routes of the site are found", () => {
  expect(addresses.length).toBeGreaterThan(50);
  expect(addresses).toContain("/support/customers/some");
  expect(addresses).toContain("/account/security/history.csv");
  expect(addresses.filter(mayOpen).length).toBeLessThan(addresses.length / 2);
});

const leadsThere = { status: 303, to: TWO_STEP_PATH };
const answerOf = ({ status, headers }: { status: number; headers: Record<string, string> }) => ({
  status,
  to: headers.location,
});

const asGet = async (path: string, cookie: string) =>
  answerOf(await gate.send("GET", path, { cookie }));

describe.each(["staff", "customer"] as const)(
  "%s without the factor that is required",
  (person) => {
    beforeEach(() => {
      if (person === "customer") requireOfCustomers();
    });

    test.each(addresses.filter((path) => !mayOpen(path)))("are led from %s", async (path) => {
      expect(await asGet(path, cookies[person])).toEqual(leadsThere);
      expect(await asGet(`${path}?show=all`, cookies[person])).toEqual(leadsThere);
      expect(reached).toEqual([]);
    });

    test.each(addresses.filter(mayOpen))("are let to %s", async (path) => {
      expect((await asGet(path, cookies[person])).to).not.toBe(TWO_STEP_PATH);
    });

    test.each(["/support/nothing", "/account/two-step", "/account/confirm2", "/api/whatever"])(
      "are led from %s, which is no page yet",
      async (path) => {
        expect(await asGet(path, cookies[person])).toEqual(leadsThere);
      },
    );
  },
);

/** Sends a form by its id, as its page holds it. */
async function send(path: string, name: string, cookie: string) {
  const form = new FormData();
  const version = formRegistry[name]?.versions.at(-1) ?? 0;
  form.append(actionField(formId(name, version)), "");
  const fields = publishedShapes[`${name}.${version}`] ?? "";
  for (const field of fields.split(" ").filter((one) => one !== "")) form.append(field, "some");
  const sent = new Response(form);
  const headers = {
    ...{ cookie, origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
    "content-type": sent.headers.get("content-type") ?? "",
  };
  return answerOf(await gate.send("POST", path, headers, await sent.text()));
}

const forms = Object.entries(formRegistry).map(
  ([name, { page }]) => [name, page.replace(/\[\w+\]/g, "some")] as const,
);
const waiting = forms.filter(([name, page]) => name !== "sign-out" && !mayOpen(page));

describe.each(["staff", "customer"] as const)("a form of %s without it", (person) => {
  beforeEach(() => {
    if (person === "customer") requireOfCustomers();
  });

  test.each(waiting)("%s, wherever it is sent, is not carried out", async (name, page) => {
    for (const path of [page, "/help/login-code", "/login", TWO_STEP_PATH, "/account/confirm"]) {
      expect(await send(path, name, cookies[person])).toEqual(leadsThere);
    }
    expect([reached, pressed.names]).toEqual([[], []]);
  });

  test.each(forms.filter(([name, page]) => name === "sign-out" || mayOpen(page)))(
    "%s is taken",
    async (name, page) => {
      expect((await send(page, name, cookies[person])).to).not.toBe(TWO_STEP_PATH);
      expect(reached.length + pressed.names.length).toBe(1);
    },
  );

  // The root takes no forms; a bare press at /account is its one form, which signs out.
  test.each(addresses.filter((path) => !mayOpen(path) && !["/", "/account"].includes(path)))(
    "that says of no action which, to %s, reaches nothing",
    async (path) => {
      const headers = {
        ...{ cookie: cookies[person], origin: "http://localhost:3000" },
        "content-type": "application/x-www-form-urlencoded",
      };
      const answer = answerOf(await gate.send("POST", path, headers, "reason=some"));
      expect([answer, reached]).toEqual([leadsThere, []]);
    },
  );
});

test("the forms of the site are found, and most of them wait", () => {
  expect(waiting.length).toBeGreaterThan(40);
  expect(waiting.map(([name]) => name)).toContain("change-role");
});

test("where it is not required, customers are led nowhere", async () => {
  expect((await asGet("/account", cookies.customer)).status).toBe(200);
  expect((await send("/account/password", "change-password", cookies.customer)).status).toBe(200);
});

test("whoever is not signed in is led nowhere, nor by a cookie that is none of ours", async () => {
  expect((await asGet("/account", "")).status).toBe(200);
  expect((await asGet("/account", `${cookieName("session")}=made-up`)).status).toBe(200);
});

test("the page that is made afterwards does not look the session up once more", async () => {
  asksPage = currentSession;
  const { sent } = await statementsOf(() => asGet("/account", cookies.customer));
  asksPage = async () => undefined;
  expect(sent.filter((text) => text.includes("FROM session s"))).toHaveLength(1);
});

test("a known place, where no code is asked for, spares nobody the factor", async () => {
  requireOfCustomers();
  const { session } = await makeActor({ codeProven: false });
  const token = sealSession({ sub: session.accountId, sid: session.id });
  const cookie = `${cookieName("session")}=${token}`;
  expect(await asGet("/account", cookie)).toEqual(leadsThere);
});

test("with the database away the request goes on to the app, which is to look itself", async () => {
  let unjudged: boolean | undefined;
  asksPage = async () => {
    unjudged = currentRequest()?.enrolUnjudged;
  };
  const error = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
  const away = vi.spyOn(sessions, "findLiveSession").mockRejectedValueOnce(error);
  expect((await asGet("/account", cookies.staff)).status).toBe(200);
  away.mockRestore();
  asksPage = async () => undefined;
  expect(unjudged).toBe(true);
});

test("the password opens only where no code would be mailed before a new one", async () => {
  requireOfCustomers();
  const { id, cookie } = await signedIn("customer");
  for (const [codesSinceRight, opens] of [
    [0, false],
    [19, false],
    [20, true],
  ] as const) {
    await db.account.update({ where: { id }, data: { codesSinceRight } });
    const shown = await asGet("/account/password", cookie);
    const sent = await send("/account/password", "change-password", cookie);
    if (opens) expect([shown.status, sent.status]).toEqual([200, 200]);
    else expect([shown, sent]).toEqual([leadsThere, leadsThere]);
    expect(await asGet("/account", cookie)).toEqual(leadsThere);
  }
});

test("from the factor on everything opens", async () => {
  requireOfCustomers();
  const { id, cookie } = await signedIn("customer");
  expect(await asGet("/account", cookie)).toEqual(leadsThere);
  const at = new Date();
  const app = { accountId: id, name: "Phone", sealedKey: Buffer.from(""), createdAt: at };
  const added = await db.authenticatorApp.create({ data: app });
  // One that is being added is none yet.
  expect(await asGet("/account", cookie)).toEqual(leadsThere);
  await db.authenticatorApp.update({ where: { id: added.id }, data: { confirmedAt: at } });
  expect((await asGet("/account", cookie)).status).toBe(200);
  expect((await send("/account/password", "change-password", cookie)).status).toBe(200);
});
