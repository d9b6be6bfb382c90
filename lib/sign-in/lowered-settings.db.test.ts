import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { codeOf } from "@/lib/secrets/code";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, wrongCodeOf } from "@/lib/testing/factors";
import {
  clientAt,
  cookieOf,
  makeAccount,
  newBrowser,
  otherCode,
  passwordProof,
} from "@/lib/testing/people";
import { storeTrustedBrowser } from "@/lib/trusted-browser/store";

testDatabase();
stoppedClock();

const home = "203.0.113.7";
const away = "198.51.100.66";

function set(name: string, value: string) {
  process.env[name] = value;
  resetEnvironment();
}

const names = [
  "CODE_MAX_ATTEMPTS",
  "CODE_LIFETIME_MINUTES",
  "BLOCK_MINUTES",
  "ACCOUNT_CODES_PER_HOUR",
];

beforeEach(() => set("CODE_MAX_ATTEMPTS", "6"));
afterEach(() => {
  for (const name of names) delete process.env[name];
  resetEnvironment();
});

/** A sign-in that waits, with what is right and wrong for it. */
async function waiting(asks: "code" | "factor", ip = away, isTrusted = false) {
  const { id } = await makeAccount({ trusted: [home] });
  const browserId = newBrowser();
  const app = asks === "factor" ? await addApp(id) : null;
  await db.account.update({ where: { id }, data: { factorAlways: true } });
  const row = { accountId: id, browserId, userAgent: "Firefox", now: start };
  const trustedBrowsers = isTrusted ? [await storeTrustedBrowser(db, row)] : [];
  const client = clientAt(ip);
  const ask = async () =>
    signIn({
      ...{ accountId: id, proof: await passwordProof(id), client, browserId, trustedBrowsers },
      ...{ callbackPath: null, earlier: null },
    });
  const outcome = await ask();
  if (outcome.kind !== `${asks}-asked` || !("secret" in outcome)) throw new Error(outcome.kind);
  const cookie = cookieOf(outcome);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: cookie.id } });
  const mailed = codeOf(challenge) ?? "";
  const type = (typed: string) => verifyCode({ typed, cookie, shown: null, client });
  const right = () => type(app?.codeNow() ?? mailed);
  const wrong = () => type(app === null ? otherCode(mailed) : wrongCodeOf(app));
  return { cookie, ask, right, wrong };
}

test.each([
  ["a mailed code", () => waiting("code")],
  ["a factor at a new network", () => waiting("factor")],
  ["a factor at a known place", () => waiting("factor", home)],
  ["a factor in a trusted browser", () => waiting("factor", away, true)],
])(
  "CODE_MAX_ATTEMPTS below what counts already, %s: right lets in, and the next wrong one blocks",
  async (_, ask) => {
    for (const last of ["right", "wrong"] as const) {
      set("CODE_MAX_ATTEMPTS", "6");
      const one = await ask();
      for (const left of [5, 4, 3, 2]) {
        expect(await one.wrong()).toMatchObject({ kind: "wrong", attemptsLeft: left });
      }
      set("CODE_MAX_ATTEMPTS", "3");
      const page = await readPendingPage(one.cookie);
      expect(page).toMatchObject({ attemptsLeft: 1, state: { kind: "open" } });
      expect((await one[last]()).kind).toBe(last === "right" ? "right" : "blocked");
    }
  },
);

test("CODE_LIFETIME_MINUTES: a code that was mailed keeps the life it was mailed with", async () => {
  const one = await waiting("code");
  set("CODE_LIFETIME_MINUTES", "2");
  later(9);
  expect((await one.right()).kind).toBe("right");
});

test("BLOCK_MINUTES: the end of a block that holds does not move", async () => {
  set("CODE_MAX_ATTEMPTS", "1");
  const one = await waiting("code");
  const blocked = await one.wrong();
  set("BLOCK_MINUTES", "5");
  later(59);
  if (blocked.kind !== "blocked") throw new Error(blocked.kind);
  expect(await one.ask()).toMatchObject({ kind: "blocked", until: blocked.until });
  later(60);
  expect((await one.ask()).kind).toBe("code-asked");
});

test.each([
  ["a mailed code", () => waiting("code")],
  ["a factor at a known place", () => waiting("factor", home)],
])(
  "ACCOUNT_CODES_PER_HOUR, %s: what was asked for lets in, and nothing more is asked",
  async (_, ask) => {
    const one = await ask();
    await one.ask();
    set("ACCOUNT_CODES_PER_HOUR", "1");
    expect((await one.ask()).kind).toBe("wait");
    expect((await one.right()).kind).toBe("right");
  },
);
