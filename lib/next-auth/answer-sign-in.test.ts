import { beforeEach, expect, test, vi } from "vitest";
import { keepTrustChoice, readTrustChoice } from "@/lib/challenge/trust-choice";
import { resetEnvironment } from "@/lib/env/env";
import { readNotice } from "@/lib/forms/notice";
import { type AskedBy, answerSignIn, type WayInOutcome } from "@/lib/next-auth/answer-sign-in";
import { answerSignUp } from "@/lib/next-auth/answer-sign-up";
import { sealSession } from "@/lib/secrets/session-token";
import type { SignUpOutcome } from "@/lib/sign-up/sign-up";
import { expectLogged } from "@/lib/testing/logged";

const state = vi.hoisted(() => ({
  /** What the answer sets; an empty value takes a cookie away. */
  set: new Map<string, string>(),
  signedIn: false,
  ended: [] as string[],
  databaseIsDown: false,
}));
vi.mock("@/lib/cookies/jar", () => ({
  cookieJar: () => ({
    get: (name: string) => state.set.get(name),
    set: (name: string, value: string) => state.set.set(name, value),
  }),
}));
vi.mock("@/lib/account/session-store", () => ({
  endSession: async (id: string, because: string) => {
    if (state.databaseIsDown) throw new Error("down");
    state.ended.push(`${id} ${because}`);
  },
  findLiveSession: async () => (state.signedIn ? {} : null),
}));

const handed: string[] = [];

beforeEach(() => {
  process.env.AUTH_SECRET = "a secret for tests of 32 characters or more";
  resetEnvironment();
  state.set.clear();
  state.signedIn = false;
  state.ended.length = 0;
  state.databaseIsDown = false;
  handed.length = 0;
});

const [since, until] = [new Date("2026-11-22T12:00:00Z"), new Date("2026-11-22T13:00:00Z")];
const [accountId, sessionId] = [crypto.randomUUID(), crypto.randomUUID()];
const trustedBrowser = { id: crypto.randomUUID(), generation: 2, browserId: "x" };
const block = { since, until, reference: "K7QM-2PX", because: "wrong-codes" } as const;
const session = { accountId, sessionId, locale: "fr", hasFactor: false } as const;
const asked = { kind: "code-asked", challengeId: crypto.randomUUID(), secret: "s" } as const;
const email = "maria@example.com";

const form: AskedBy = {
  ip: "203.0.113.7",
  email,
  code: { isEmpty: false },
  handOver: async ({ sub, sid }) => {
    handed.push(`${sub} ${sid}`);
  },
};
const fromCode = { ...session, callbackPath: "/account/security" } as const;
const moved = { callbackPath: "/account/data" };
const entered = {
  ...session,
  kind: "entered",
  trustedBrowser: null,
  replaced: null,
} as const;
const from = until;
const [fromText, sinceText] = [until.toISOString(), since.toISOString()];
const blocked = { kind: "blocked", ...block, since: sinceText, until: fromText };

type Answer = [
  does: string,
  outcome: WayInOutcome,
  path: string,
  notice: unknown,
  pending?: string,
];

const over = { kind: "over", page: "/verify" };

const gone = "";
const kept = undefined;
const made = `${asked.challengeId}.s`;

/** Every outcome of every step: where it leads, what the page says, and the cookie of the pending sign-in. */
const answers: Answer[] = [
  ["a known place", entered, "/account", null, gone],
  [
    "a right code",
    { kind: "right", ...fromCode, place: "known" },
    "/account/security",
    { kind: "entered", place: "known", recoveryCodesLeft: null },
    gone,
  ],
  [
    "a right code, the place left unknown",
    { kind: "right", ...fromCode, place: "unknown" },
    "/account/security",
    { kind: "entered", place: "unknown", recoveryCodesLeft: null },
    gone,
  ],
  ["a pass", { kind: "entered", ...fromCode }, "/account/security", null, gone],
  ["a new network", { ...asked, locale: "en" }, "/verify", null, made],
  [
    "a block at /login",
    { kind: "blocked", maskedEmail: "m", ...block },
    "/login",
    { ...blocked, purpose: "sign-in", ip: form.ip, maskedEmail: "m" },
    kept,
  ],
  [
    "a block at /verify",
    { kind: "blocked", purpose: "sign-up", maskedEmail: "m", ip: "192.0.2.1", ...block },
    "/login",
    { ...blocked, purpose: "sign-up", ip: "192.0.2.1", maskedEmail: "m" },
    kept,
  ],
  [
    "a password that is off",
    { kind: "password-off", since, because: "support" },
    "/login",
    { kind: "password-off", email, since: sinceText, because: "support" },
    kept,
  ],
  [
    "a wait",
    { kind: "wait", codes: 5, until, asked: "codes" },
    "/login",
    { kind: "wait", email, codes: 5, until: fromText, asked: "codes" },
    kept,
  ],
  [
    "a wait for a new password",
    { kind: "wait", codes: 20, until: null, asked: "factors-here" },
    "/login",
    { kind: "wait", email, codes: 20, until: null, asked: "factors-here" },
    kept,
  ],
  [
    "a password that changed",
    { kind: "no-longer-proven" },
    "/login",
    { kind: "wrong-password", email },
    kept,
  ],
  ["no code", { kind: "not-a-code" }, "/verify", { kind: "not-a-code", empty: false }, kept],
  [
    "a wrong code",
    { kind: "wrong", attemptsLeft: 2 },
    "/verify",
    { kind: "wrong-code", attemptsLeft: 2 },
    kept,
  ],
  [
    "another network",
    { kind: "network-changed" },
    "/verify",
    { kind: "network-changed", ip: form.ip },
    kept,
  ],
  ["no pending sign-in", { kind: "no-pending" }, "/login", { kind: "no-pending" }, kept],
  [
    "an address that was taken",
    { kind: "address-taken" },
    "/login",
    { kind: "address-taken" },
    gone,
  ],
  ["a used code", { kind: "used" }, "/verify", null, kept],
  ["no pass", { kind: "none" }, "/verify", { kind: "pass-over" }, kept],
  ["a newer sign-in", { kind: "superseded" }, "/verify", { kind: "newer-sign-in" }, kept],
  [
    "a code sent again",
    { kind: "sent", to: ["y•••"] },
    "/verify",
    { kind: "code-sent", to: ["y•••"] },
    kept,
  ],
  [
    "too early",
    { kind: "too-early", from },
    "/verify",
    { kind: "resend-too-early", from: fromText },
    kept,
  ],
  [
    "too often",
    { kind: "too-often", from },
    "/verify",
    { kind: "resend-too-often", from: fromText },
    kept,
  ],
  ["a new password meanwhile", { kind: "password-changed" }, "/verify", over, kept],
  ["an expired code", { kind: "expired" }, "/verify", over, kept],
  ["a block that is over", { kind: "block-over" }, "/verify", over, kept],
  ["what is over", { kind: "over" }, "/verify", over, kept],
  [
    "a move to a known place",
    { kind: "signed-in", outcome: entered, ...moved },
    "/account/data",
    null,
    gone,
  ],
  [
    "a move to a new network",
    { kind: "signed-in", outcome: { ...asked, locale: "en" }, ...moved },
    "/verify",
    { kind: "new-code-sent" },
    made,
  ],
  [
    "a move of a sign-up",
    { kind: "signed-up", outcome: asked, email },
    "/verify",
    { kind: "new-code-sent" },
    made,
  ],
  [
    "a move of too many sign-ups",
    { kind: "signed-up", outcome: { kind: "too-many", of: "network", until }, email },
    "/signup",
    { kind: "signup-too-many", of: "network", name: "", email, until: fromText },
    kept,
  ],
];

const enters = [
  "a known place",
  "a right code",
  "a right code, the place left unknown",
  "a pass",
  "a move to a known place",
];

test.each(answers)("%s", async (does, outcome, path, notice, pending) => {
  expect(await answerSignIn(outcome, form)).toBe(path);
  expect(await readNotice()).toEqual(notice);
  expect(state.set.get("portaria.pending")).toBe(pending);
  expect(handed).toEqual(enters.includes(does) ? [`${accountId} ${sessionId}`] : []);
  expect(state.set.get("portaria.locale")).toBe(enters.includes(does) ? "fr" : undefined);
});

const earlierId = crypto.randomUUID();
const hadSession = () =>
  state.set.set("portaria.session", sealSession({ sub: crypto.randomUUID(), sid: earlierId }));
const oneOf = (does: string) => answers.find(([name]) => name === does)?.[1] as WayInOutcome;

test.each(answers.map(([does]) => does))(
  "%s: the session this browser had ends where another begins, and only there",
  async (does) => {
    hadSession();
    await answerSignIn(oneOf(does), form);
    expect(state.ended).toEqual(enters.includes(does) ? [`${earlierId} replaced`] : []);
  },
);

test("a known place: the session that ended where the new one began is not ended again, another is", async () => {
  hadSession();
  await answerSignIn({ ...entered, replaced: earlierId }, form);
  expect(state.ended).toEqual([]);
  await answerSignIn({ ...entered, replaced: crypto.randomUUID() }, form);
  expect(state.ended).toEqual([`${earlierId} replaced`]);
});

test.each(enters)("%s: leads in although the earlier session could not be ended", async (does) => {
  hadSession();
  state.databaseIsDown = true;
  await answerSignIn(oneOf(does), form);
  expect(handed).toEqual([`${accountId} ${sessionId}`]);
  expectLogged(/The session a browser had before could not be ended/);
});

test("a trusted browser gets the key that it is to show from now on", async () => {
  await answerSignIn({ ...entered, trustedBrowser }, form);
  expect(state.set.get("portaria.trusted-browser")).toMatch(/\./);
});

test.each([{ kind: "used" }, { kind: "none" }] as const)(
  "$kind: the second press of a button leads to where the first one led",
  async (outcome) => {
    hadSession();
    state.signedIn = true;
    expect(await answerSignIn(outcome, form)).toBe("/account");
    expect(await readNotice()).toBeNull();
  },
);

const movesTo = (challengeId: string, trusts?: boolean) => {
  const outcome = { kind: "code-asked", challengeId, secret: "s", locale: "en" } as const;
  return answerSignIn({ kind: "signed-in", outcome, ...moved }, { ...form, trusts });
};

test("an unticked place stays unticked where the sign-in moves to another network, a ticked one ticked", async () => {
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
  await movesTo(first, false);
  expect(await readTrustChoice(first)).toBe(false);
  await movesTo(second, true);
  expect(await readTrustChoice(second)).toBe(true);
});

test("a choice is that of one pending sign-in: a newer one is asked anew, and being in forgets it", async () => {
  const challengeId = crypto.randomUUID();
  await keepTrustChoice(challengeId, false);
  expect(await readTrustChoice(crypto.randomUUID())).toBe(true);
  await answerSignIn({ kind: "right", ...fromCode, place: "unknown" }, form);
  expect(state.set.get("portaria.untrusted")).toBe("");
});

test.each(["", "x", "planted.by-another-site", undefined])(
  "a cookie %j that was not sealed here withholds no trust",
  async (value) => {
    const challengeId = crypto.randomUUID();
    if (value !== undefined) state.set.set("portaria.untrusted", value);
    expect(await readTrustChoice(challengeId)).toBe(true);
  },
);

const signUps: [outcome: SignUpOutcome, path: string, notice: unknown][] = [
  [asked, "/verify", null],
  [
    { kind: "too-many", of: "address", until },
    "/signup",
    { kind: "signup-too-many", of: "address", name: "Ana", email, until: fromText },
  ],
  [{ kind: "no-longer-open" }, "/signup", null],
  [
    { kind: "blocked", maskedEmail: "m", ...block },
    "/signup",
    { ...blocked, purpose: "sign-up", ip: form.ip, maskedEmail: "m", name: "Ana", email },
  ],
];

test.each(signUps)("a sign-up: %j", async (outcome, path, notice) => {
  expect(await answerSignUp(outcome, { ip: form.ip, email, name: "Ana" })).toBe(path);
  expect(await readNotice()).toEqual(notice);
});
