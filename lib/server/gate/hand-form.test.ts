import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { setFormDesk } from "@/components/form-desk";
import { cookieJar } from "@/lib/cookies/jar";
import { resetEnvironment } from "@/lib/env/env";
import { formDesk, isFormStale } from "@/lib/forms/form-desk";
import { formId } from "@/lib/forms/form-table";
import { typedIntoThisForm } from "@/lib/forms/typed-input";
import { log } from "@/lib/log/log";
import { currentRequest } from "@/lib/log/request-context";
import { seal } from "@/lib/secrets/secrets";
import { tableForTests } from "@/lib/testing/form-table";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

type Steps = Record<string, (form: FormData) => Promise<string>>;
const pressed = vi.hoisted(() => ({ presses: {} as Steps }));
vi.mock("@/lib/server/presses/presses", () => pressed);

type Seen = {
  method: string | undefined;
  url: string | undefined;
  cookie: string | undefined;
  action: unknown;
  fields: [string, unknown][];
  stale: ReturnType<typeof currentRequest>;
};

const table = tableForTests();
const seen: Seen[] = [];
let gate: GateUnderTest;

async function app(req: IncomingMessage, res: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const headers = { "content-type": req.headers["content-type"] ?? "" };
  const fields =
    req.method === "POST"
      ? [...(await new Response(Buffer.concat(chunks), { headers }).formData())]
      : [];
  const { method, url } = req;
  const { cookie, "next-action": action } = req.headers;
  seen.push({ method, url, cookie, action, fields, stale: currentRequest() });
  if (req.headers["x-away"]) {
    const returned = await typedIntoThisForm();
    res.setHeader(
      "Set-Cookie",
      `portaria.notice=${seal("notice", { kind: "unavailable", returned })}`,
    );
  }
  if (url?.startsWith("/account")) res.writeHead(307, { Location: "/login" });
  if (url?.startsWith("/broken")) res.writeHead(500);
  res.end("a page");
}

const id = (name: string, version: number) => ({ [`$ACTION_ID_${formId(name, version)}`]: "" });
const unknown = { $ACTION_ID_40112233445566778899aabbccddeeff0011223344: "" };

async function post(path: string, fields: Record<string, string>, headers = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return fetch(`http://127.0.0.1:${gate.port}${path}`, {
    method: "POST",
    body: form,
    redirect: "manual",
    headers,
  });
}

const last = () => seen.at(-1);

beforeAll(async () => {
  process.env.AUTH_SECRET = "a-secret-of-this-test-alone-and-long-enough";
  resetEnvironment();
  setFormDesk(formDesk(table));
  gate = await startGate(app, { forms: table });
});

afterAll(async () => {
  setFormDesk(undefined);
  delete process.env.AUTH_SECRET;
  resetEnvironment();
  await gate.stop();
});

beforeEach(() => {
  seen.length = 0;
});

describe("a form that the site knows reaches this build's action", () => {
  const sentOn = [
    ["email", "a@b"],
    ["$ACTION_ID_4001", ""],
  ];

  it("by the version it was loaded with", async () => {
    for (const version of [1, 2]) {
      await post("/login", { ...id("sign-in", version), email: "a@b" });
      expect(last()).toMatchObject({ method: "POST", url: "/login", fields: sentOn });
    }
  });

  it("by its fields alone, in either kind of form", async () => {
    await post("/login", { email: "a@b" });
    expect(last()?.fields).toEqual(sentOn);
    await gate.send("POST", "/login", urlencoded, "email=a%40b");
    expect(last()?.fields).toEqual(sentOn);
  });

  it("with what only its address says", async () => {
    await post("/login?callbackUrl=%2Fhelp", { email: "a@b" });
    expect(last()?.fields).toEqual([sentOn[0], ["callbackUrl", "/help"], sentOn[1]]);
    await post("/places/n%C3%BA", { name: "x" });
    expect(last()?.fields).toEqual([
      ["name", "x"],
      ["id", "nú"],
      ["$ACTION_ID_4004", ""],
    ]);
    await post("/places/n%C3%BA", id("remove", 1));
    expect(last()?.fields).toEqual([
      ["id", "nú"],
      ["$ACTION_ID_4005", ""],
    ]);
  });

  it("by a name that it had before, with what that meant", async () => {
    await post("/places/7", { ...id("forget-place", 1), id: "7", reason: "x" });
    expect(last()?.fields).toEqual([
      ["id", "7"],
      ["reason", "x"],
      ["how", "for good"],
      ["$ACTION_ID_4005", ""],
    ]);
  });

  it("character by character, files and repeated fields among it", async () => {
    const form = new FormData();
    form.append(Object.keys(id("sign-in", 2))[0] ?? "", "");
    for (const value of ["", 'ünï\r\n"quoted"', "--border", "🙂"]) form.append("email", value);
    form.append("file", new File(["x"], "ä.txt"));
    await fetch(`http://127.0.0.1:${gate.port}/login`, { method: "POST", body: form });
    expect(
      last()
        ?.fields.slice(0, 4)
        .map(([, value]) => value),
    ).toEqual(["", 'ünï\r\n"quoted"', "--border", "🙂"]);
    const [, file] = last()?.fields[4] ?? [];
    expect(file instanceof File && (await file.text())).toBe("x");
  });

  it("at the page it moved to", async () => {
    await post("/old-login?a=b", { ...id("sign-in", 1), email: "a@b" });
    expect(last()).toMatchObject({ method: "POST", url: "/login", fields: sentOn });
  });

  it("whatever a header names, as Next's script would", async () => {
    const call = { ...id("sign-in", 2), email: "a@b" };
    await post("/login", call, { "next-action": "4002" });
    expect(last()).toMatchObject({ action: undefined, fields: sentOn });
  });

  it("and never with arguments that were sealed or bound elsewhere", async () => {
    await post("/login", { ...id("sign-in", 2), $ACTION_REF_1: "", "$ACTION_1:0": "{}" });
    expect(seen.flatMap(({ fields }) => fields)).toEqual([]);
  });
});

describe("a form that the site no longer knows comes back on its own page", () => {
  const cases: [string, string, Record<string, string>, string[]][] = [
    ["of an earlier build", "/login", { ...unknown, email: "a@b" }, ["sign-in"]],
    ["of a shape that is gone", "/places/7", { ...id("rename", 1), name: "x" }, ["rename"]],
    ["of a page that lost it", "/login", id("newsletter", 1), ["newsletter"]],
    ["of a page that moved, it does not say where", "/old", id("rename", 2), ["rename"]],
  ];
  it.each(cases)("%s", async (_, path, fields, forms) => {
    const answer = await post(path, fields);
    expect(answer.status).toBe(200);
    const sent = Object.entries(fields).filter(([name]) => !name.startsWith("$"));
    expect(last()).toMatchObject({
      ...{ method: "GET", url: path, fields: [] },
      stale: { staleForm: { forms, sent } },
    });
  });

  it("with all that was typed, however long", async () => {
    const email = "long ".repeat(10_000);
    await post("/login", { ...unknown, email });
    expect(last()?.stale?.staleForm?.sent).toEqual([["email", email]]);
  });

  it("without the answer to the form before it", async () => {
    const cookie = "a=b; portaria.notice=x.y; c=d";
    await post("/login", { ...unknown, email: "a@b" }, { cookie });
    expect(last()?.cookie).toBe("a=b; c=d");
    const cookies = last()?.stale?.brought?.cookies;
    expect(["a", "portaria.notice", "c"].map((name) => cookies?.get(name))).toEqual([
      "b",
      undefined,
      "d",
    ]);
  });

  it("at its whole address, to which the browser sends it once more", async () => {
    const fields = { ...unknown, email: "a@b", callbackUrl: "/help?a=b" };
    const first = await post("/login", fields);
    const location = "/login?callbackUrl=%2Fhelp%3Fa%3Db";
    expect([first.status, first.headers.get("location")]).toEqual([307, location]);
    expect(seen).toEqual([]);
    expect((await post(location, fields)).status).toBe(200);
    expect(last()).toMatchObject({ method: "GET", url: location });
  });

  it("and goes on by GET where the page itself leads elsewhere", async () => {
    const moved = await post("/account", unknown);
    expect([moved.status, moved.headers.get("location")]).toEqual([303, "/login"]);
    const none = await post("/verify", { ...unknown, code: "123456" });
    expect([none.status, none.headers.get("location")]).toEqual([303, "/login"]);
  });

  it("a page that fails is answered as a fault of ours, not of the form", async () => {
    expect((await post("/broken", unknown)).status).toBe(500);
  });
});

describe("what is no form of a page is left as it came", () => {
  it.each([
    ["other fields", "/contact", { a: "b" }],
    ["a path without forms", "/language", { locale: "fr" }],
    ["NextAuth's own", "/api/auth/signout", { csrfToken: "x", email: "a@b" }],
  ])("%s", async (_, path, fields) => {
    await post(path, fields);
    expect(last()).toMatchObject({ method: "POST", url: path, fields: Object.entries(fields) });
    expect(last()?.stale?.staleForm).toBeUndefined();
  });
});

describe("what a page's forms hear", () => {
  const desk = formDesk(table);
  const none = new Map<string, string>();

  it("their ids, which no build changes", () => {
    expect(desk.idOf("4001")).toBe(formId("sign-in", 2));
    expect(() => desk.idOf("4099")).toThrow("lib/forms/registry.ts");
  });

  it("nothing outside of a form's answer", () => {
    expect(desk.typedInto("4001", none)).toBeNull();
    expect(isFormStale()).toBe(false);
  });
});

it("what the database was away for comes to its page with the notice, and to no form sent from there", async () => {
  const sent = { ...id("sign-in", 2), email: "a@b" };
  const answer = await post("/login", sent, { "x-away": "1" });
  const cookie = answer.headers.getSetCookie()[0] ?? "";
  await fetch(`http://127.0.0.1:${gate.port}/login`, { headers: { cookie } });
  expect(last()?.stale?.returnedForm).toEqual({ forms: ["sign-in"], sent: [["email", "a@b"]] });
  await post("/login", sent, { cookie });
  expect(last()?.stale).toMatchObject({ formName: "sign-in" });
  expect(last()?.stale?.returnedForm).toBeUndefined();
});

describe("a form that needs no app", () => {
  const sent = { ...id("sign-in", 2), email: "a@b" };
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure: false } as const;

  afterEach(() => {
    pressed.presses = {};
    vi.restoreAllMocks();
  });

  it("is answered by its step, with the cookies that it sets", async () => {
    const fields: unknown[] = [];
    pressed.presses = {
      "sign-in": async (form) => {
        fields.push(...form);
        cookieJar().set("portaria.notice", "a b", { ...options, maxAge: 9 });
        return `/account?was=${cookieJar().get("portaria.locale")}`;
      },
    };
    const cookie = "portaria.locale=fr";
    const answer = await post("/login?callbackUrl=%2Fhelp", sent, { cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/account?was=fr");
    const [set, ...others] = answer.headers.getSetCookie();
    expect(set).toBe("portaria.notice=a%20b; Max-Age=9; Path=/; HttpOnly; SameSite=Lax");
    expect(others).toEqual([]);
    expect(fields).toEqual([
      ["email", "a@b"],
      ["callbackUrl", "/help"],
    ]);
    expect(seen).toEqual([]);
  });

  it("of another form nothing goes to it", async () => {
    pressed.presses = { "sign-in": async () => "/account" };
    await post("/places/7", id("remove", 1));
    expect(last()?.url).toBe("/places/7");
  });

  it.each([
    ["fails", new Error("no such thing"), 500],
    ["finds the database away", Object.assign(new Error(), { code: "ECONNREFUSED" }), 503],
  ])(
    "whose step %s is answered as a page that does, and sets no cookie",
    async (_, error, status) => {
      const line = vi.spyOn(log, "error").mockImplementation(() => {});
      pressed.presses = {
        "sign-in": async () => {
          cookieJar().set("portaria.session", "x", options);
          throw error;
        },
      };
      const answer = await post("/login", sent);
      expect(answer.status).toBe(status);
      expect(answer.headers.getSetCookie()).toEqual([]);
      await vi.waitFor(() => expect(line).toHaveBeenCalledOnce(), 20_000);
      expect(seen).toEqual([]);
    },
  );
});
