import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { setFormDesk } from "@/components/form-desk";
import { cookieName } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { answersRefused, formDesk, isInputGone } from "@/lib/forms/form-desk";
import type { FormEntry } from "@/lib/forms/form-entry";
import { formId, makeFormTable } from "@/lib/forms/form-table";
import { aboutFields, isTyped, mayBeKept } from "@/lib/forms/kept-fields";
import {
  clearNotice,
  forgetInputs,
  keepBeside,
  keepOthers,
  leaveNotice,
  leaveReturning,
  readNotice,
} from "@/lib/forms/notice";
import { publishedShapes } from "@/lib/forms/published-shapes";
import { formRegistry } from "@/lib/forms/registry";
import { INPUT_KEPT_MINUTES, INPUTS_OF_A_NETWORK } from "@/lib/forms/returned-input";
import { forgetAnswers } from "@/lib/jobs/clean-up";
import { log } from "@/lib/log/log";
import { endOwnSession, setSessionCookie } from "@/lib/next-auth/session-cookie";
import { seal, unseal } from "@/lib/secrets/secrets";
import { KEEPING_PATH } from "@/lib/server/gate/path-rules";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";

testDatabase();

const clock = vi.hoisted(() => ({ ahead: 0 }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(Date.now() + clock.ahead) }));

const database = vi.hoisted(() => ({ isAway: false, isSilent: false, asked: 0 }));
vi.mock("@/lib/forms/returned-input-store", async (original) => {
  const store = await original<Record<string, (...given: unknown[]) => Promise<unknown>>>();
  const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
  return Object.fromEntries(
    Object.entries(store).map(([name, work]) => [
      name,
      (...given: unknown[]) => {
        database.asked += 1;
        if (database.isSilent) return new Promise(() => {});
        return database.isAway ? Promise.reject(away) : work(...given);
      },
    ]),
  );
});

// Each form is one of the app's here.
vi.mock("@/lib/server/presses/presses", () => ({ presses: {} }));

// The real forms, as a build with one action each would serve them.
const actionIds = new Map(Object.keys(formRegistry).map((name, index) => [name, `40${index}`]));
const manifest = {
  node: Object.fromEntries(
    Object.entries(formRegistry).map(([name, { action, page }]) => {
      const [filename = "", exportedName = ""] = action.split("#");
      const workers = { [`app${page}/page`]: {} };
      return [actionIds.get(name) ?? "", { filename: `${filename}.ts`, exportedName, workers }];
    }),
  ),
};
const table = makeFormTable(formRegistry, publishedShapes, manifest);
const desk = formDesk(table);

const refused = { kind: "form-refused", form: "details", values: {}, errors: {} } as const;

const done = { kind: "done", what: "phone-set", values: {} } as const;

let gate: GateUnderTest;
/** What an action does; by default it refuses the form. */
let act: (path: string) => Promise<string>;

async function app(req: IncomingMessage, res: ServerResponse) {
  const [path = ""] = (req.url ?? "").split("?");
  if (req.method === "POST") {
    await buffer(req);
    return void res.writeHead(303, { Location: await act(path) }).end();
  }
  const notice = req.headers["x-says-nothing"] ? null : await readNotice();
  const forms = Object.keys(formRegistry).flatMap((name) => {
    const typed = desk.typedInto(actionIds.get(name) ?? "", new Map());
    return typed === null ? [] : [[name, Object.fromEntries(typed)]];
  });
  const said = { gone: isInputGone(), isError: answersRefused() };
  const page = { notice, ...said, forms: Object.fromEntries(forms) };
  if (req.headers["x-breaks"]) return void res.writeHead(200).write("{", () => res.destroy());
  res.writeHead(req.headers["x-fails"] ? 404 : 200).end(JSON.stringify(page));
}

type Page = {
  notice: { kind: string; values: Record<string, string>; errors: Record<string, string> } | null;
  gone: boolean;
  isError: boolean;
  forms: Record<string, Record<string, string[]>>;
};

/** A browser: keeps what it is given. */
function browser(ip = "198.51.100.7") {
  const jar = new Map<string, string>();
  const base = `http://127.0.0.1:${gate.port}`;
  const take = (answer: Response) => {
    for (const header of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = header.split(";", 1)[0]?.split(/=(.*)/) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const headers = () => ({
    cookie: [...jar].map((pair) => pair.join("=")).join("; "),
    "x-forwarded-for": ip,
  });
  return {
    jar,
    open: async (path: string, more: Record<string, string> = {}) => {
      const answer = take(await fetch(base + path, { headers: { ...headers(), ...more } }));
      return (await answer.json()) as Page;
    },
    press: async (path: string, form: string, fields: Record<string, string>) => {
      const body = new FormData();
      const version = formRegistry[form]?.versions.at(-1) ?? 1;
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      body.append(`$ACTION_ID_${formId(form, version)}`, "");
      const sent = { method: "POST", redirect: "manual", headers: headers(), body } as const;
      const answer = take(await fetch(base + path, sent));
      expect(answer.status).toBe(303);
      return answer.headers.get("location") ?? "";
    },
  };
}

const rows = () => db.returnedInput.count();
const untilErased = () => vi.waitFor(async () => expect(await rows()).toBe(0), 20_000);

/** A browser that has opened a page, as all have that send a form from one. */
async function visitor(path: string, ip?: string) {
  const one = browser(ip);
  await one.open(path);
  return one;
}

beforeAll(async () => {
  setFormDesk(desk);
  log.level = "silent";
  gate = await startGate(app, { forms: table, trustedProxies: ["127.0.0.1"] });
});

afterAll(() => {
  setFormDesk(undefined);
  return gate.stop();
});

beforeEach(async () => {
  clock.ahead = 0;
  act = (path) => leaveReturning(path, refused);
  await db.returnedInput.deleteMany();
});

const long = "🔒".repeat(1_000);
const waiting = Object.entries(formRegistry).filter(([, { inCookie }]) => inCookie !== true);
const pathOf = ({ page }: FormEntry) => page.replace(/\[.+\]/, "one");
const fieldsOf = (form: string) =>
  (publishedShapes[`${form}.${formRegistry[form]?.versions.at(-1)}`] ?? "")
    .split(" ")
    .filter(Boolean);

describe.each(waiting)("the form %s, not taken", (form, entry) => {
  const path = pathOf(entry);
  const fields = fieldsOf(form);
  // All of them together are a body that anybody may send.
  const text = long.slice(0, 2 * Math.floor(14_000 / Math.max(14, fields.length)));
  const typed = Object.fromEntries(
    fields.map((field) => [field, mayBeKept(field) ? `${field} ${text}` : "s3cret-of-the-form"]),
  );

  test("comes back whole, but for what is secret, to its page, once", async () => {
    const one = await visitor(path);
    const to = await one.press(path, form, typed);
    expect(to).toBe(path);
    const hasText = fields.some(isTyped);
    expect(await rows()).toBe(hasText ? 1 : 0);
    expect(JSON.stringify(unseal("notice", one.jar.get(cookieName("notice"))))).not.toMatch(
      /s3cret|🔒/,
    );
    const page = await one.open(to);
    const kept = Object.entries(typed).filter(([field]) => hasText && mayBeKept(field));
    expect(page.notice?.values).toEqual(Object.fromEntries(kept));
    expect(page.forms[form] ?? {}).toEqual(
      Object.fromEntries(kept.map(([field, text]) => [field, [text]])),
    );
    expect(page.gone).toBe(false);
    await untilErased();
    const again = await one.open(to);
    expect(again.notice).toMatchObject({ kind: "form-refused", values: {} });
    expect(again.gone).toBe(hasText);
    expect(again.forms).toEqual({});
  });
});

describe.each(Object.entries(formRegistry).filter(([, { inCookie }]) => inCookie))(
  "the form %s, which anybody may send all day",
  (form, entry) => {
    test("writes no row, and comes back from the cookie", async () => {
      const one = await visitor(pathOf(entry));
      const fields = fieldsOf(form);
      await one.press(
        pathOf(entry),
        form,
        Object.fromEntries(fields.map((name) => [name, "s3cret ana"])),
      );
      expect(await rows()).toBe(0);
      const page = await one.open(pathOf(entry));
      const kept = fields.some(isTyped) ? fields.filter(mayBeKept) : [];
      expect(Object.keys(page.notice?.values ?? {}).sort()).toEqual(kept.sort());
    });
  },
);

test("every page of the way in is among those, and where anybody asks about a mail", () => {
  const wayIn = ["/login", "/signup", "/verify", "/forgot-password", "/reset-password"];
  const pages = [...wayIn, "/help/was-it-us"];
  const inCookie = Object.values(formRegistry).filter((entry) => entry.inCookie);
  expect([...new Set(inCookie.map(({ page }) => page))].sort()).toEqual(pages.sort());
  for (const { page, inCookie } of Object.values(formRegistry)) {
    expect(inCookie ?? false).toBe(pages.includes(page));
  }
});

const story = { story: long };

test("another browser that has the cookie, the address and the network sees nothing", async () => {
  const one = await visitor("/recover");
  const to = await one.press("/recover", "case-story", story);
  const other = await visitor("/recover");
  other.jar.set(cookieName("notice"), one.jar.get(cookieName("notice")) ?? "");
  const page = await other.open(to);
  expect(page.forms).toEqual({});
  expect(JSON.stringify(page)).not.toContain("🔒");
  expect((await one.open(to)).notice?.values).toEqual(story);
});

test("a browser that shows nothing by which it is known again is given an id, and sees it", async () => {
  const one = browser();
  const to = await one.press("/recover", "case-story", story);
  expect(one.jar.has(cookieName("browser"))).toBe(true);
  expect((await one.open(to)).notice?.values).toEqual(story);
});

test("of two tabs that send the same form at the same moment each gets its own", async () => {
  const one = await visitor("/recover");
  const texts = Array.from({ length: 5 }, (_, tab) => `${tab} ${long}`);
  act = (path) => leaveReturning(`${path}?for=other#story`, refused);
  const locations = await Promise.all(
    texts.map((text) => one.press("/recover", "case-story", { story: text })),
  );
  expect(new Set(locations).size).toBe(5);
  expect(locations.filter((location) => location === "/recover?for=other")).toHaveLength(1);
  // Without the fragment, which would take the focus from what says what is wrong.
  for (const location of locations)
    expect(location).toMatch(/^\/recover\?for=other(&returned=[\w-]{22})?$/);
  const pages = await Promise.all(locations.map((location) => one.open(location)));
  expect(pages.map(({ notice }) => notice?.values.story)).toEqual(texts);
  await untilErased();
});

test("the page of a form that was not taken knows it is an error, and no other page is called one", async () => {
  const inRows = await visitor("/recover");
  await inRows.press("/recover", "case-story", story);
  const without = await visitor("/account/contact");
  await without.press("/account/contact", "set-phone", { phone: "" });
  const inCookies = await visitor("/login");
  await inCookies.press("/login", "sign-in", { email: "ana@example.com" });
  act = async (path) => {
    await leaveNotice({ kind: "unavailable" });
    return path;
  };
  const away = await visitor("/recover");
  await away.press("/recover", "case-story", story);
  for (const [one, own] of [
    [inRows, "/recover"],
    [without, "/account/contact"],
    [inCookies, "/login"],
    [away, "/recover"],
  ] as const) {
    expect((await one.open("/account/data")).isError, `not ${own}`).toBe(false);
    expect((await one.open(own)).isError, own).toBe(true);
  }
});

test("a form of before, when each act was a form of its own, comes back into the form of its act alone", async () => {
  const path = "/support/customers/0192f0c1-6a5e-7d3b-8a52-9a4be01c44f7";
  const one = await visitor(path);
  await one.press(path, "lift-block", { reason: "They called" });
  const { forms } = await one.open(path);
  expect(forms["act-on-customer"]).toEqual({
    act: ["block-lifted"],
    customer: [path.split("/").at(-1)],
    reason: ["They called"],
  });
});

test("what is sent along with the choice of a language is there again, and what the page said", async () => {
  const kept = async (path: string, form: string, fields: Record<string, string>) => {
    const one = await visitor(path);
    await one.press(path, form, fields);
    const said = (await one.open(path)).notice;
    act = () => keepBeside(`${path}?for=new&returned=before`);
    const again = Object.fromEntries(Object.keys(fields).map((field) => [field, "typed since"]));
    expect(await one.press(KEEPING_PATH, form, again)).toBe(`${path}?for=new`);
    const page = await one.open(path);
    act = (to) => leaveReturning(to, refused);
    return { said, page, later: await one.open(path) };
  };
  const inCookie = await kept("/login", "sign-in", { email: "a@example.com", password: "hush" });
  expect(inCookie.page.forms).toEqual({ "sign-in": { email: ["typed since"] } });
  const inRow = await kept("/recover", "case-story", { story: "as it was", code: "123456" });
  expect(inRow.page.forms).toEqual({ "case-story": { story: ["typed since"] } });
  for (const { said, page, later } of [inCookie, inRow]) {
    expect(page.isError).toBe(true);
    expect(page.notice?.kind).toBe(said?.kind);
    expect(JSON.stringify(page)).not.toMatch(/hush|123456/);
    expect(later.isError).toBe(true);
  }
  // With nothing said before, nothing is said now either, nor that anything would be gone.
  const fresh = await visitor("/recover");
  act = () => keepBeside("/recover");
  await fresh.press(KEEPING_PATH, "case-story", story);
  const page = await fresh.open("/recover");
  expect([page.notice, page.isError, page.forms["case-story"]]).toEqual([
    null,
    false,
    { story: [story.story] },
  ]);
  await untilErased();
  const later = await fresh.open("/recover");
  expect([later.gone, later.forms]).toEqual([false, {}]);
});

const idOf = (form: string) =>
  `$ACTION_ID_${formId(form, formRegistry[form]?.versions.at(-1) ?? 1)}`;

test.each([
  ["is refused", (path: string) => leaveReturning(path, { ...refused, form: "set-phone" })],
  ["goes through", (path: string) => leaveNotice({ ...done }).then(() => keepOthers(path))],
  ["is a choice of language", () => keepBeside("/account/contact")],
])("what stands half filled beside a form that %s is there again", async (what, answer) => {
  const one = await visitor("/account/contact");
  act = answer;
  const beside = JSON.stringify([
    [
      [idOf("save-details"), ""],
      ["name", "Ana"],
      ["timeZone", "Europe/Lisbon"],
    ],
    [
      [idOf("add-address"), ""],
      ["email", "second@example.com"],
      ["password", "hush"],
    ],
    [
      ["$ACTION_ID_40", ""],
      ["email", "nobody's"],
    ],
  ]);
  const isChoice = what === "is a choice of language";
  const to = await one.press(isChoice ? KEEPING_PATH : "/account/contact", "set-phone", {
    phone: "+351 91",
    beside,
  });
  const { forms } = await one.open(to);
  expect(forms).toEqual({
    "save-details": { name: ["Ana"], timeZone: ["Europe/Lisbon"] },
    "add-address": { email: ["second@example.com"] },
    ...(what === "goes through" ? {} : { "set-phone": { phone: ["+351 91"] } }),
  });
});

test.each(["", "{", "[1]", '[[["a"]]]', "null"])(
  "a field %j beside a form is no error and nothing",
  async (beside) => {
    const one = await visitor("/account/contact");
    const to = await one.press("/account/contact", "set-phone", { phone: "1", beside });
    expect((await one.open(to)).forms).toEqual({ "set-phone": { phone: ["1"] } });
  },
);

test("after a form that went through nothing is kept for another page", async () => {
  const one = await visitor("/account/contact");
  act = () => leaveNotice(done).then(() => keepOthers("/account#top"));
  const beside = JSON.stringify([
    [
      [idOf("save-details"), ""],
      ["name", "Ana"],
    ],
  ]);
  expect(await one.press("/account/contact", "set-phone", { phone: "1", beside })).toBe(
    "/account#top",
  );
  expect((await one.open("/account")).forms).toEqual({});
});

test("a page that is lost on the way, fails, or is only fetched ahead has shown nothing", async () => {
  const one = await visitor("/recover");
  const to = await one.press("/recover", "case-story", story);
  await expect(one.open(to, { "x-breaks": "1" })).rejects.toThrow();
  await one.open(to, { "x-fails": "1" });
  await one.open(to, { "x-says-nothing": "1" });
  const looks = database.asked;
  await one.open("/icon.svg");
  expect(database.asked).toBe(looks);
  expect(await one.open(to, { "sec-purpose": "prefetch" })).toMatchObject({
    forms: {},
    gone: false,
  });
  expect(await one.open("/account/contact")).toMatchObject({ forms: {}, gone: false });
  expect((await one.open(to)).notice?.values).toEqual(story);
  await untilErased();
});

test("after its time nothing comes back, and the page says so", async () => {
  const one = await visitor("/recover");
  const to = await one.press("/recover", "case-story", story);
  clock.ahead = INPUT_KEPT_MINUTES * 60_000 - 5_000;
  await forgetAnswers();
  expect(await rows()).toBe(1);
  clock.ahead = INPUT_KEPT_MINUTES * 60_000 + 1;
  expect(await one.open(to)).toMatchObject({ gone: true, forms: {}, notice: { values: {} } });
  await forgetAnswers();
  expect(await rows()).toBe(0);
});

test("what was never shown and has ended makes room for the next on its page", async () => {
  const one = await visitor("/recover");
  await one.press("/recover", "case-story", { story: "first" });
  clock.ahead = INPUT_KEPT_MINUTES * 60_000 + 1;
  expect(await one.press("/recover", "case-story", story)).toBe("/recover");
  expect((await one.open("/recover")).notice?.values).toEqual(story);
});

test("a network holds 20 at most, also at the same moment; the oldest make room, and others' stay", async () => {
  const neighbour = await visitor("/recover", "203.0.113.9");
  await neighbour.press("/recover", "case-story", story);
  const oldest = await visitor("/recover", "2001:db8:1:2::1");
  await oldest.press("/recover", "case-story", { story: "the oldest" });
  clock.ahead = 1_000;
  const many = await Promise.all(
    Array.from({ length: INPUTS_OF_A_NETWORK + 5 }, (_, n) =>
      visitor("/recover", `2001:db8:1:2::${n + 2}`),
    ),
  );
  const press = (one: (typeof many)[number]) => one.press("/recover", "case-story", { story: "x" });
  // All but one of the rows taken: whoever looks at the same moment finds room.
  await Promise.all(many.slice(0, INPUTS_OF_A_NETWORK - 2).map(press));
  await Promise.all(many.slice(INPUTS_OF_A_NETWORK - 2).map(press));
  expect(await db.returnedInput.count({ where: { network: "2001:db8:1:2::/64" } })).toBe(
    INPUTS_OF_A_NETWORK,
  );
  expect(await oldest.open("/recover")).toMatchObject({ gone: true });
  expect((await neighbour.open("/recover")).notice?.values).toEqual(story);
});

test("at signing in and out all that waits for this browser is erased, and nobody else's", async () => {
  const one = await visitor("/recover");
  const other = await visitor("/recover");
  for (const each of [one, other]) await each.press("/recover", "case-story", story);
  await one.press("/account/contact", "save-details", { name: "Ana" });
  expect(await rows()).toBe(3);
  act = async (path) => {
    await forgetInputs();
    await clearNotice();
    return path;
  };
  await one.press("/account", "sign-out", {});
  expect(await rows()).toBe(1);
  expect((await other.open("/recover")).notice?.values).toEqual(story);
});

test.each([
  ["a session is handed over", () => setSessionCookie({ sub: randomUUID(), sid: randomUUID() })],
  ["a session is ended", endOwnSession],
])("where %s, what waits for this browser is erased", async (_, change) => {
  const one = await visitor("/recover");
  await one.press("/recover", "case-story", story);
  act = async (path) => {
    await change();
    return path;
  };
  await one.press("/account", "sign-out", {});
  expect(await rows()).toBe(0);
});

test("the same form sent twice waits once; sent again once it was shown, it waits again", async () => {
  const judged = vi.fn(act);
  act = judged;
  const twice = await startGate(app, {
    forms: table,
    trustedProxies: ["127.0.0.1"],
    formsOnce: true,
  });
  const before = gate;
  gate = twice;
  try {
    const one = await visitor("/recover");
    const both = [1, 2].map(() => one.press("/recover", "case-story", story));
    expect(await Promise.all(both)).toEqual(["/recover", "/recover"]);
    expect([judged.mock.calls.length, await rows()]).toEqual([1, 1]);
    expect((await one.open("/recover")).notice?.values).toEqual(story);
    await untilErased();
    await one.press("/recover", "case-story", story);
    expect(judged).toHaveBeenCalledTimes(2);
    expect((await one.open("/recover")).notice?.values).toEqual(story);
  } finally {
    gate = before;
    await twice.stop();
  }
});

test("a row says nothing without AUTH_SECRET, opens under a rotated one, and is no other row's", async () => {
  const one = await visitor("/recover");
  await one.press("/recover", "case-story", { story: "what happened to me" });
  const [row] = await db.returnedInput.findMany();
  if (row === undefined) throw new Error("There is no row.");
  const text = JSON.stringify({ ...row, sealed: Buffer.from(row.sealed).toString("latin1") });
  expect(text).not.toMatch(/what happened|recover|case-story|portaria|198\.51\.100\.7\D*198/);
  const before = process.env.AUTH_SECRET;
  process.env.AUTH_SECRET = `another secret of 32 characters or more,${before}`;
  resetEnvironment();
  expect((await one.open("/recover")).notice?.values).toEqual({ story: "what happened to me" });
  process.env.AUTH_SECRET = before;
  resetEnvironment();
  await untilErased();
  await one.press("/recover", "case-story", story);
  await db.returnedInput.updateMany({ data: { sealed: row.sealed } });
  expect(await one.open("/recover")).toMatchObject({ gone: true, forms: {} });
});

test.each([
  ["a control character", "a\u0001b"],
  ["half a character", "\ud83d"],
  ["markup", "<script>alert(1)</script>"],
  ["line breaks", "one\r\ntwo\nthree"],
])("hostile text comes back as it was sent: %s", async (_, text) => {
  const one = await visitor("/recover");
  const to = await one.press("/recover", "case-story", { story: text });
  const expected = Buffer.from(text)
    .toString()
    .replaceAll(/\r\n|\n/g, "\r\n");
  expect((await one.open(to)).notice?.values.story).toBe(expected);
});

test.each(["//", "///", "//x:99999/", "//[/"])("the address %s is no error", async (path) => {
  const one = await visitor("/recover");
  await one.press("/recover", "case-story", story);
  expect(await one.open(path)).toMatchObject({ forms: {} });
});

test("more than is kept comes back as a sentence, never as an error", async () => {
  const one = await visitor("/recover");
  // Each becomes three when it is read.
  const bytes = Buffer.alloc(64_300, 0xff);
  const body = Buffer.concat([
    Buffer.from('--x\r\nContent-Disposition: form-data; name="story"\r\n\r\n'),
    ...[bytes, Buffer.from("\r\n--x--\r\n")],
  ]);
  const headers = {
    "content-type": "multipart/form-data; boundary=x",
    cookie: [...one.jar].map((pair) => pair.join("=")).join("; "),
  };
  const answer = await fetch(`http://127.0.0.1:${gate.port}/recover`, {
    ...{ method: "POST", redirect: "manual", headers, body },
  });
  const [notice = ""] = answer.headers.getSetCookie().filter((one) => one.includes("notice="));
  one.jar.set(cookieName("notice"), /notice=([^;]*)/.exec(notice)?.[1] ?? "");
  expect(await rows()).toBe(0);
  expect(await one.open("/recover")).toMatchObject({
    gone: true,
    notice: { kind: "form-refused" },
  });
});

describe("with the database away", () => {
  test.each(["isAway", "isSilent"] as const)(
    "as much as fits the cookie comes back with its notice: %s",
    async (how) => {
      const one = await visitor("/recover");
      act = (path) => leaveReturning(path, { kind: "unavailable" });
      database[how] = true;
      const to = await one.press("/recover", "case-story", { story: "what happened" });
      database[how] = false;
      expect(await one.open(to)).toMatchObject({
        notice: { kind: "unavailable" },
        forms: { "case-story": { story: ["what happened"] } },
        gone: false,
      });
    },
  );

  test("while its page is shown nothing is said to be gone, and it comes back later", async () => {
    const one = await visitor("/recover");
    const to = await one.press("/recover", "case-story", story);
    database.isAway = true;
    expect(await one.open(to)).toMatchObject({ gone: false, notice: { kind: "form-refused" } });
    database.isAway = false;
    expect((await one.open(to)).notice?.values).toEqual(story);
  });

  test("signing out goes through, and nothing is shown after it", async () => {
    const one = await visitor("/recover");
    await one.press("/recover", "case-story", story);
    act = async (path) => {
      await forgetInputs();
      await clearNotice();
      return path;
    };
    database.isAway = true;
    await one.press("/account", "sign-out", {});
    database.isAway = false;
    expect(await one.open("/recover")).toMatchObject({ notice: null, forms: {} });
  });
});

describe("a notice of the version before", () => {
  const of = (values: Record<string, string>, form = "ask") =>
    seal("notice", { kind: "form-refused", form, values, errors: { text: "textTooShort" } });

  test.each([
    ["a case's", { case: "7", text0: "one ", text1: "two" }, { case: "7", text: "one two" }],
    [
      "a question's",
      { article: "a", "question.0": "o", "question.1": "k" },
      { article: "a", question: "ok" },
    ],
    [
      "an act's",
      { customer: "c", reason: "one", reasonRest: "two" },
      { customer: "c", reason: "onetwo" },
    ],
    ["an address", { email: "a@b" }, { email: "a@b" }],
  ])("%s texts are whole", async (_, values, whole) => {
    const one = await visitor("/recover");
    one.jar.set(cookieName("notice"), of(values));
    const page = await one.open("/recover");
    expect(page.notice).toMatchObject({
      kind: "form-refused",
      values: whole,
      errors: { text: "textTooShort" },
    });
  });

  test("of a place that was not renamed is about that place", async () => {
    const one = await visitor("/account/security");
    one.jar.set(cookieName("notice"), of({ id: "7", name: "x" }, "rename-7"));
    expect((await one.open("/account/security")).notice).toMatchObject({
      form: "rename-place",
      values: { id: "7" },
    });
  });
});

test("an error is a key of our own or none", async () => {
  const one = await visitor("/recover");
  const prose = { ...refused, errors: { name: "Call this number now" } };
  one.jar.set(cookieName("notice"), seal("notice", prose));
  expect((await one.open("/recover")).notice).toBeNull();
});

test("hidden fields alone are no reason for a row", async () => {
  const one = await visitor("/account/security");
  const about = Object.fromEntries(aboutFields.map((name) => [name, "1"]));
  await one.press("/account/security", "remove-place", about);
  expect(await rows()).toBe(0);
});
