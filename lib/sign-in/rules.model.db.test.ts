import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { resendCode } from "@/lib/sign-in/resend-code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { pass, start as startDate, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addRecoveryCodes } from "@/lib/testing/factors";
import { clientAt, cookieOf, makeAccount, newBrowser, otherCode } from "@/lib/testing/people";
import { ReferenceModel } from "@/lib/testing/reference-model";
import { type BrowserKey, storeTrustedBrowser } from "@/lib/trusted-browser/store";

testDatabase();
stoppedClock();

const RUNS = 1_000;
const start = startDate.getTime();
const addresses = ["203.0.113.1", "203.0.113.2", "198.51.100.3"];

/** The real steps of one run, spoken to in the reference's small numbers. */
class RealSteps {
  private accounts: string[] = [];
  /** Of accounts with a second factor: answers that are right, each once. */
  private readonly answers = new Map<string, string[]>();
  private readonly browsers = [newBrowser(), newBrowser()];
  /** What the second browser shows of the one account that trusts it. */
  private shown: BrowserKey[] = [];

  async open(): Promise<void> {
    const [home = ""] = addresses;
    const at = new Date(start - 1);
    for (const [index, trusted] of [[home], [], [home], [home], []].entries()) {
      const { id } = await makeAccount({ trusted, at });
      this.accounts.push(id);
      const factor = factors.get(index);
      if (factor === undefined) continue;
      await addApp(id);
      // Steps of an app pass with time, which stands still here: two papers of codes do not.
      this.answers.set(id, [...(await addRecoveryCodes(id)), ...(await addRecoveryCodes(id))]);
      await db.account.update({ where: { id }, data: { factorAlways: factor.always } });
      if (index === inRange) await db.trustedPlace.create({ data: { accountId: id, ...range } });
      if (index !== inBrowser) continue;
      const [, browserId = ""] = this.browsers;
      const row = { accountId: id, browserId, userAgent: "Firefox", now: new Date(start - 1) };
      this.shown = [await storeTrustedBrowser(db, row)];
    }
  }

  private client(ip: number): Client {
    return clientAt(addresses[ip] ?? "");
  }

  async signIn(account: number, ip: number, browser: number, earlier: PendingCookie | null) {
    const accountId = this.accounts[account] ?? "";
    const countMails = () => db.mail.count({ where: { accountId, kind: "new-browser" } });
    const before = await countMails();
    const outcome = await signIn({
      accountId,
      proof: { kind: "password", changedAt: new Date(start - 1) },
      client: this.client(ip),
      browserId: this.browsers[browser] ?? "",
      trustedBrowsers: browser === 1 ? this.shown : [],
      callbackPath: null,
      earlier,
    });
    switch (outcome.kind) {
      case "no-longer-proven":
      case "password-off":
        return { said: outcome.kind };
      case "entered":
        return {
          said: (await countMails()) > before ? "entered, notified of a new browser" : "entered",
        };
      case "code-asked":
      case "factor-asked":
        return { said: outcome.kind.replace("-", " "), cookie: cookieOf(outcome) };
      case "blocked":
        return { said: `blocked until ${outcome.until.getTime()}` };
      case "wait":
        return {
          said: outcome.until
            ? `waits until ${outcome.until.getTime()}`
            : "waits for a new password",
        };
    }
  }

  async guess(cookie: PendingCookie | null, ip: number, right: boolean): Promise<string> {
    const challenge =
      cookie && (await db.challenge.findUniqueOrThrow({ where: { id: cookie.id } }));
    const code = (challenge && codeOf(challenge)) ?? "123456";
    const answers = this.answers.get(challenge?.accountId ?? "");
    const typed =
      answers === undefined
        ? right
          ? code
          : otherCode(code)
        : ((right ? answers[0] : undefined) ?? "ABCD-EFGH-JKLM-NPQR");
    const outcome = await verifyCode({ typed, cookie, shown: null, client: this.client(ip) });
    if (outcome.kind === "right") answers?.shift();
    if (outcome.kind === "wrong") return `wrong, ${outcome.attemptsLeft} left`;
    if (outcome.kind === "blocked") return `blocked until ${outcome.until.getTime()}`;
    return outcome.kind;
  }

  async resend(cookie: PendingCookie | null): Promise<string> {
    const outcome = await resendCode(cookie);
    return "from" in outcome ? `${outcome.kind} from ${outcome.from.getTime()}` : outcome.kind;
  }
}

/** The accounts with a second factor, and whether it is asked for at known places too. */
const factors = new Map([
  [2, { always: false }],
  [3, { always: true }],
  [4, { always: true }],
]);

/** Who trusts the second browser, and who a range: two of the addresses. */
const [inBrowser, inRange] = [3, 4];
const range = {
  ...{ network: "203.0.113.0/24", because: "by-hand" },
  ...{ createdAt: startDate, lastUsedAt: startDate },
};

const account = fc.nat({ max: 4 });
const ip = fc.nat({ max: 2 });
const browser = fc.nat({ max: 1 });
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("sign-in" as const), account, ip, browser }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant("guess" as const),
      browser,
      // Mostly from where the code was asked for; otherwise from a network of its own.
      ip: fc.option(ip, { freq: 4 }),
      right: fc.oneof(
        { weight: 4, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("resend" as const), browser }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("wait" as const),
      seconds: fc.constantFrom(1, 29, 30, 60, 599, 600, 1_800, 3_599, 3_600, 4_200),
    }),
  },
);

type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const at = (address: number, account = 1, browser = 0): Command => ({
  ...{ does: "sign-in", account, browser },
  ip: address,
});
const wrongIn = (browser: number): Command => ({ does: "guess", browser, ip: null, right: false });
const wrong = wrongIn(0);
const again: Command = { does: "resend", browser: 0 };
const wait = (seconds: 30 | 3_599 | 3_600): Command => ({ does: "wait", seconds });
const hourOfCodes = [at(1), at(1), at(1), at(1), at(1), wait(3_600)];

// Corners that chance alone reaches too seldom.
const corners: Command[][] = [
  [at(1), wrong, wrong, wrong, wait(3_600), wrong],
  [at(1), ...Array.from({ length: 4 }, () => [wait(30), again]).flat(), again],
  [...hourOfCodes, ...hourOfCodes, ...hourOfCodes, ...hourOfCodes, at(1)],
  [at(1), wrong, wrong, wrong, at(1), wrong, wait(3_599), at(1)],
  [at(1), at(1), at(2), at(2), wait(30), at(1), at(2), at(0)],
  [at(0, 3), wrong, wrong, wrong, at(0, 3), at(1, 3), wrong, wait(3_600), at(0, 3)],
  [...Array.from({ length: 6 }, () => at(0, 3)), at(1, 3), wait(3_600), at(0, 3)],
  [at(1, 2), wrong, wrong, wrong, at(1, 2), at(0, 2), wait(30), again],
  // Three tries over the networks of a range, and over those that a trusted browser comes from.
  [at(0, 4), wrong, at(1, 4), wrong, at(0, 4), wrong, at(1, 4), at(1, 4, 1), at(2, 4), wait(3_600)],
  [
    at(1, 3, 1),
    wrongIn(1),
    at(2, 3, 1),
    wrongIn(1),
    wrongIn(1),
    at(1, 3, 1),
    at(0, 3, 1),
    at(1, 3),
  ],
  [...Array.from({ length: 3 }, () => [at(0, 4), at(1, 4, 1)]).flat(), at(1, 4), at(2, 4)],
  [...Array.from({ length: 3 }, () => [at(1, 3, 1), at(2, 3, 1)]).flat(), at(0, 3, 1), at(2, 3)],
];

test(`${RUNS} random journeys agree with the reference on every verdict`, {
  timeout: 600_000,
}, async () => {
  const said = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 16 }), async (commands) => {
      vi.setSystemTime(start);
      const model = new ReferenceModel(start);
      for (const account of [0, 2, 3]) model.trusted.set(account, new Set([0]));
      model.factors = new Map(factors);
      model.ranges.set(inRange, new Set([0, 1]));
      model.trustedBrowsers.set(inBrowser, 1);
      const real = new RealSteps();
      await real.open();
      for (const step of commands) {
        if (step.does === "wait") {
          pass(step.seconds * 1_000);
          model.now = Date.now();
          continue;
        }
        const pending = model.cookies.get(step.browser);
        const cookie = pending?.cookie ?? null;
        const [expected, actual] = await compare(model, real, step, cookie);
        expect(actual, JSON.stringify(commands)).toBe(expected);
        const word = expected.replace(/\d{5,}/, "…");
        said.set(word, (said.get(word) ?? 0) + 1);
      }
    }),
    { numRuns: RUNS, examples: corners.map((corner) => [corner]) },
  );
  // The journeys are worth something only if they reach every verdict.
  expect([...said.keys()].sort()).toEqual(
    [
      "block-over",
      "blocked until …",
      "code asked",
      "entered",
      "entered, notified of a new browser",
      "expired",
      "factor asked",
      "network-changed",
      "no-pending",
      "over",
      "right",
      "sent",
      "superseded",
      "too-early from …",
      "too-often from …",
      "used",
      "waits for a new password",
      "waits until …",
      "wrong, 1 left",
      "wrong, 2 left",
    ].sort(),
  );
});

type Step = Exclude<Command, { does: "wait" }>;

async function compare(
  model: ReferenceModel,
  real: RealSteps,
  step: Step,
  cookie: PendingCookie | null,
): Promise<[expected: string, actual: string]> {
  const pending = model.cookies.get(step.browser);
  switch (step.does) {
    case "sign-in": {
      const expected = model.signIn(step.account, step.ip, step.browser);
      const actual = await real.signIn(step.account, step.ip, step.browser, cookie);
      if (actual.cookie) model.asked(step.account, step.ip, step.browser, actual.cookie);
      return [expected, actual.said];
    }
    case "guess": {
      const at = step.ip ?? pending?.ip ?? 0;
      return [model.guess(pending, at, step.right), await real.guess(cookie, at, step.right)];
    }
    case "resend":
      return [model.resend(pending), await real.resend(cookie)];
  }
}
