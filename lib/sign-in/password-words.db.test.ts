import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Client } from "@/lib/client/client";
import { db } from "@/lib/db/client";
import { countKeys } from "@/lib/db/subjects";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword, isPassword } from "@/lib/password/password-hash";
import { emptyCounts } from "@/lib/rate-limit/rate-window";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount, newBrowser } from "@/lib/testing/people";

// A real hash costs 20 ms; here it is seen how often one is paid for.
vi.mock("@/lib/password/password-hash", () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  isPassword: vi.fn(
    async (hash: string | null, password: string) => hash === `hash of ${password}`,
  ),
}));
const clock = vi.hoisted(() => ({ now: Date.parse("2026-11-22T14:00:00Z") }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(clock.now) }));

testDatabase();

const LIMIT = 20;
const MINUTE = 60_000;
const right = "a long enough passphrase";
let next = 0;
const somewhere = () => clientAt(`10.8.${Math.floor(next / 250)}.${(next++ % 250) + 1}`);
let typed = 0;
const nobody = () => `nobody-${typed++}@example.com`;

/** What somebody reads who types a password: how the page words it, and nothing else. */
async function answerTo(email: string, at: Client, password = "wrong", browser = newBrowser()) {
  const outcome = await checkPassword(email, password, at, browser);
  if (outcome.kind === "right") return "in";
  const until = outcome.kind === "too-many" ? outcome.until : outcome.saidUntil;
  return until === null ? "wrong" : `too many until ${until.toISOString()}`;
}

async function guess(times: number, at: () => Client, email: () => string): Promise<void> {
  for (let time = 0; time < times; time += 1) await answerTo(email(), at());
}

type Scene = { home: Client; trusting: string; other: string; unknown: string; known: string };

let scene: Scene;
let browser: ReturnType<typeof newBrowser>;

beforeEach(async () => {
  clock.now += 24 * 60 * MINUTE;
  const home = somewhere();
  const passwordHash = await hashPassword(right);
  const account = async (trusted: string[]) => makeAccount({ trusted, passwordHash });
  const known = await account([home.ip ?? ""]);
  browser = newBrowser();
  await db.seenBrowser.create({
    data: {
      ...{ accountId: known.id, browserId: browser, network: home.network ?? "" },
      ...{ firstSeenAt: new Date(clock.now), lastSeenAt: new Date(clock.now) },
    },
  });
  scene = {
    home,
    trusting: (await account([home.ip ?? ""])).email,
    other: (await account([])).email,
    unknown: nobody(),
    known: known.email,
  };
});

/** What was tried before, from where and at whom; and in minutes, how long ago. */
const before: Record<string, (scene: Scene) => Promise<void>> = {
  nothing: async () => {},
  "made-up addresses, from here": ({ home }) => guess(LIMIT, () => home, nobody),
  "an account that trusts this network, from here": ({ home, trusting }) =>
    guess(
      LIMIT,
      () => home,
      () => trusting,
    ),
  "an account that does not, from here": ({ home, other }) =>
    guess(
      LIMIT,
      () => home,
      () => other,
    ),
  "one whose browser is known, from here": ({ home, known }) =>
    guess(
      LIMIT,
      () => home,
      () => known,
    ),
  "some of each, from here": async ({ home, trusting, other }) => {
    await guess(
      LIMIT / 2,
      () => home,
      () => trusting,
    );
    await guess(
      LIMIT / 2,
      () => home,
      () => other,
    );
  },
  "one short of too many, from here": async ({ home, trusting }) => {
    await guess(
      LIMIT / 2,
      () => home,
      () => trusting,
    );
    await guess(LIMIT / 2 - 1, () => home, nobody);
  },
};

describe("a wrong password is answered the same words, whatever account stands behind the address", () => {
  test.each(Object.keys(before))("after %s", async (name) => {
    await before[name]?.(scene);
    clock.now += MINUTE;
    const { home, trusting, other, unknown, known } = scene;
    const words = [];
    for (const email of [trusting, other, unknown, known]) words.push(await answerTo(email, home));
    // In the very browser that signed in there before, too.
    words.push(await answerTo(known, home, "wrong", browser));
    const free = { nothing: 5, "one short of too many, from here": 1 }[name] ?? 0;
    expect(words.slice(0, free)).toEqual(Array(free).fill("wrong"));
    expect(new Set(words.slice(free)).size).toBe(free === 5 ? 0 : 1);
    for (const word of words.slice(free)) expect(word).toMatch(/^too many/);
  });

  test.each(["trusting", "other", "unknown", "known"] as const)(
    "after too many for the address (%s) from elsewhere, here",
    async (kind) => {
      const email = scene[kind];
      for (let time = 0; time < LIMIT; time += 1) await answerTo(email, somewhere());
      clock.now += MINUTE;
      expect(await answerTo(email, scene.home)).toMatch(/^too many/);
      expect(await answerTo(nobody(), scene.home)).toBe("wrong");
    },
  );

  test("after too many for the address here, elsewhere", async () => {
    const words = [];
    for (const email of [scene.trusting, scene.other, scene.unknown]) {
      const here = email === scene.trusting ? scene.home : somewhere();
      await guess(
        LIMIT,
        () => here,
        () => email,
      );
      words.push(await answerTo(email, somewhere()));
    }
    expect(new Set(words).size).toBe(1);
    expect(words[0]).toMatch(/^too many/);
  });
});

describe("whoever may get in gets in, whatever the words for a wrong one are", () => {
  test.each(Object.keys(before).filter((name) => !name.startsWith("an account that trusts")))(
    "with the right password, at the trusted place, after %s",
    async (name) => {
      await before[name]?.(scene);
      expect(await answerTo(scene.trusting, scene.home, right)).toBe("in");
      expect(await answerTo(scene.known, scene.home, right, browser)).toBe("in");
    },
  );

  test("what an account was guessed at here keeps nobody else out", async () => {
    await before["an account that trusts this network, from here"]?.(scene);
    expect(await answerTo(scene.trusting, scene.home, right)).toMatch(/^too many/);
    expect(await answerTo(scene.other, scene.home, right)).toBe("in");
  });

  test("a new password makes the address's words fresh, too", async () => {
    const { other } = scene;
    for (let time = 0; time < LIMIT; time += 1) await answerTo(other, somewhere());
    await emptyCounts(db, [countKeys.passwordsFor(other).subject]);
    expect(await answerTo(other, somewhere())).toBe("wrong");
  });
});

test("the end that is named does not move with further tries, and comes", async () => {
  await before["made-up addresses, from here"]?.(scene);
  const words = await answerTo(scene.trusting, scene.home);
  clock.now += 30 * MINUTE;
  for (let time = 0; time < 5; time += 1) {
    expect(await answerTo(scene.trusting, scene.home)).toBe(words);
    expect(await answerTo(scene.unknown, scene.home)).toBe(words);
  }
  clock.now += 31 * MINUTE;
  expect(await answerTo(scene.unknown, scene.home)).toBe("wrong");
});

test("one that is not looked at any more costs as much as one that is", async () => {
  await before["made-up addresses, from here"]?.(scene);
  for (const email of [scene.trusting, scene.other, scene.unknown]) {
    vi.mocked(isPassword).mockClear();
    await answerTo(email, scene.home);
    expect(isPassword).toHaveBeenCalledTimes(1);
  }
  const [hash] = vi.mocked(isPassword).mock.calls.at(-1) ?? [];
  expect(hash).toBeNull();
});
