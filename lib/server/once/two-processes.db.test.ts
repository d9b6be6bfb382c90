import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/password/password-hash";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { type OneProcess, startProcess } from "@/lib/testing/two-processes";

testDatabase();

const password = "a long enough passphrase";
const rounds = Array.from({ length: 10 }, (_, round) => round);
let passwordHash: string;
let processes: [OneProcess, OneProcess];

beforeAll(async () => {
  passwordHash = await hashPassword(password);
  processes = await Promise.all([startProcess(), startProcess()]);
});

afterAll(() => Promise.all(processes.map((one) => one.kill())));

let networks = 0;
const freshIp = () => `198.18.${Math.floor(++networks / 250)}.${(networks % 250) + 1}`;

/** A browser with its cookies, at a network. */
function openBrowser(ip: string) {
  const jar = new Map<string, string>();
  const keep = (answer: Response) => {
    for (const header of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = header.split(";", 1)[0]?.split("=") ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
  };
  const send = async (url: string, init: RequestInit = {}, jarIsOld = false) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "X-Forwarded-For": ip, Cookie: cookie };
    const answer = await fetch(url, { redirect: "manual", headers, ...init });
    if (!jarIsOld) keep(answer);
    return answer;
  };
  const post = (
    url: string,
    fields: Record<string, string>,
    jarIsOld = false,
    signal?: AbortSignal,
  ) => send(url, { method: "POST", body: new URLSearchParams(fields), signal }, jarIsOld);
  return { open: (url: string) => send(url), post };
}

const shown = (answer: Response) => ({
  status: answer.status,
  to: answer.headers.get("location"),
  cookies: answer.headers.getSetCookie(),
});

async function countsOf(accountId: string) {
  return {
    sessions: await db.session.count({ where: { accountId } }),
    codes: await db.challenge.count({ where: { accountId } }),
    mails: await db.mail.count({ where: { accountId } }),
  };
}

/** One customer's browser that presses "Sign in" twice, so many milliseconds apart. */
async function pressTwice({
  known,
  apart,
  secondAt,
  oldCookies,
}: {
  known: boolean;
  apart: number;
  secondAt: 0 | 1;
  oldCookies: boolean;
}) {
  const ip = freshIp();
  const account = await makeAccount({ trusted: known ? [ip] : [], passwordHash });
  const browser = openBrowser(ip);
  const [first, second] = [processes[0].url, processes[secondAt].url];
  await browser.open(`${first}/login`);
  const form = { email: account.email, password };
  const answers = await Promise.all([
    browser.post(`${first}/login`, form, oldCookies),
    pause(apart).then(() => browser.post(`${second}/login`, form, oldCookies)),
  ]);
  return { answers: answers.map(shown), counts: await countsOf(account.id) };
}

describe.each([0, 60, 300])("'Sign in' pressed again %i ms later", (apart) => {
  describe.each([
    ["in one process", 0],
    ["in two processes", 1],
  ] as const)("%s", (_, secondAt) => {
    it.each([
      ["the first answer's cookies came in time", false],
      ["they did not", true],
    ])("is one act, where %s: ten rounds", async (_, oldCookies) => {
      for (const round of rounds) {
        const known = round % 2 === 0;
        const { answers, counts } = await pressTwice({ known, apart, secondAt, oldCookies });
        expect(answers[0]).toMatchObject({ status: 303, to: known ? "/account" : "/verify" });
        expect(answers[1]).toEqual(answers[0]);
        const once = known ? { sessions: 1, codes: 0 } : { sessions: 0, codes: 1 };
        // A known place notifies of its new browser.
        expect(counts).toEqual({ ...once, mails: 1 });
      }
    });
  });
});

test("a wrong password pressed five times at once, in two processes, is one attempt", async () => {
  for (const _ of rounds) {
    const ip = freshIp();
    const account = await makeAccount({ passwordHash });
    const browser = openBrowser(ip);
    await browser.open(`${processes[0].url}/login`);
    const form = { email: account.email, password: "not this one" };
    const answers = await Promise.all(
      [0, 1, 0, 1, 0].map((at) => browser.post(`${processes[at as 0 | 1].url}/login`, form)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(shown(answer)))).size).toBe(1);
    const [window] = await db.rateWindow.findMany({ where: { key: `password/network/${ip}/32` } });
    expect(window?.hits).toHaveLength(1);
  }
});

test("the second press ends the first's navigation: its answer comes all the same", async () => {
  for (const round of rounds) {
    const ip = freshIp();
    const account = await makeAccount({ passwordHash });
    const browser = openBrowser(ip);
    const [first, second] = [processes[0].url, processes[(round % 2) as 0 | 1].url];
    await browser.open(`${first}/login`);
    const form = { email: account.email, password };
    const navigation = new AbortController();
    const given = browser.post(`${first}/login`, form, true, navigation.signal);
    await pause(30);
    navigation.abort();
    const outcome = await given.then(shown, () => null);
    const again = shown(await browser.post(`${second}/login`, form));
    expect(again).toMatchObject({ status: 303, to: "/verify" });
    if (outcome !== null) expect(again).toEqual(outcome);
    expect(await countsOf(account.id)).toEqual({ sessions: 0, codes: 1, mails: 1 });
  }
});

test("two browsers behind one IP that send the same are two, with cookies or without any", async () => {
  const ip = freshIp();
  const account = await makeAccount({ trusted: [ip], passwordHash });
  const form = { email: account.email, password };
  const browsers = [0, 1, 2, 3].map(() => openBrowser(ip));
  for (const browser of browsers.slice(0, 2)) await browser.open(`${processes[0].url}/login`);
  const answers = await Promise.all(
    browsers.map((browser, index) =>
      browser.post(`${processes[(index % 2) as 0 | 1].url}/login`, form),
    ),
  );
  const sessions = answers.map((answer) =>
    answer.headers.getSetCookie().find((header) => header.startsWith("portaria.session=")),
  );
  expect(new Set(sessions).size).toBe(4);
  expect(await db.session.count({ where: { accountId: account.id } })).toBe(4);
});

test("a browser without cookies is judged, and known by the ones it is given", async () => {
  const ip = freshIp();
  const account = await makeAccount({ passwordHash });
  const browser = openBrowser(ip);
  const form = { email: account.email, password };
  const first = shown(await browser.post(`${processes[0].url}/login`, form));
  expect(first).toMatchObject({ status: 303, to: "/verify" });
  expect(shown(await browser.post(`${processes[1].url}/login`, form))).toEqual(first);
  expect(await countsOf(account.id)).toEqual({ sessions: 0, codes: 1, mails: 1 });
});

test("where the process that judges a form is killed, the form sent again is judged", async () => {
  const ip = freshIp();
  const account = await makeAccount({ passwordHash });
  const browser = openBrowser(ip);
  const mortal = await startProcess();
  await browser.open(`${mortal.url}/login`);
  const form = { email: account.email, password };
  const hangs = once(mortal.child, "message");
  const lost = browser.post(`${mortal.url}/hang`, form).catch(() => "lost");
  await hangs;
  // The same path there hangs as well, once the form is taken to be new.
  const again = browser.post(`${processes[1].url}/hang`, form).catch(() => "lost");
  const judgedAgain = once(processes[1].child, "message");
  await mortal.kill();
  expect(await lost).toBe("lost");
  expect(await judgedAgain).toEqual(["hangs", undefined]);
  expect((await countsOf(account.id)).codes).toBe(2);
  await processes[1].kill();
  expect(await again).toBe("lost");
});
