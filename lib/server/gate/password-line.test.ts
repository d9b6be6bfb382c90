import { expect, test, vi } from "vitest";
import { type LineLimits, PasswordLine } from "@/lib/server/gate/password-line";

const limits: LineLimits = {
  atWork: { all: 4, network: 2 },
  waiting: { all: 12, unknown: 6, network: 3 },
  short: 3,
  waitMilliseconds: 60_000,
  workMilliseconds: 60_000,
};

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function desk(given: Partial<LineLimits> = {}) {
  const line = new PasswordLine({ ...limits, ...given });
  const served: string[] = [];
  const others: string[] = [];
  const looked: string[] = [];
  const held: (() => void)[] = [];
  /** A form of a network; whoever gets a turn is written down, and who gets none. */
  const ask = (
    name: string,
    network = name,
    known: boolean | Promise<boolean> = false,
    gone = new AbortController().signal,
  ) => {
    const isKnown = () => {
      looked.push(name);
      return known;
    };
    return line.take({ network, isKnown, gone }).then((turn) => {
      if (turn.kind !== "turn") return void others.push(`${name} ${turn.kind}`);
      served.push(name);
      held.push(turn.giveBack);
    });
  };
  /** Fills what is at work and the room of those who are not known, from a network each. */
  const fill = async (count = 10) => {
    for (let one = 1; one <= count; one += 1) void ask(`crowd ${one}`);
    await settle();
    looked.length = 0;
  };
  const next = async () => {
    held.shift()?.();
    await settle();
    return served.at(-1);
  };
  return { served, others, looked, held, ask, fill, next };
}

test("a short line is served as it came, and nobody is asked where they come from", async () => {
  const { served, looked, others, ask, next } = desk();
  for (let one = 1; one <= 7; one += 1) void ask(`crowd ${one}`);
  await settle();
  expect(served).toEqual(["crowd 1", "crowd 2", "crowd 3", "crowd 4"]);
  for (let one = 5; one <= 7; one += 1) expect(await next()).toBe(`crowd ${one}`);
  expect([looked, others]).toEqual([[], []]);
});

test("in a longer line who is known goes first", async () => {
  const { looked, ask, fill, next } = desk();
  await fill(8);
  void ask("home", "home", true);
  await settle();
  expect(looked).toEqual(["home"]);
  expect(await next()).toBe("home");
  expect(await next()).toBe("crowd 5");
});

test("where there is no room for others there is for who is known; others are refused at once", async () => {
  const { others, looked, ask, fill, next } = desk();
  await fill();
  void ask("stranger");
  void ask("home", "home", Promise.resolve(true));
  await settle();
  expect(others).toEqual(["stranger refused"]);
  expect(looked).toEqual(["stranger", "home"]);
  expect(await next()).toBe("home");
  expect(await next()).toBe("crowd 5");
});

test("of four turns one is an unknown one's, however many known ones come", async () => {
  const { served, ask, fill, next } = desk();
  await fill();
  for (let one = 1; one <= 6; one += 1) void ask(`known ${one}`, `known ${one}`, true);
  await settle();
  for (let turn = 1; turn <= 8; turn += 1) await next();
  expect(served.slice(4)).toEqual([
    ...["known 1", "known 2", "known 3", "crowd 5"],
    ...["known 4", "known 5", "known 6", "crowd 6"],
  ]);
});

test("beyond the bound nobody waits, known or not, and nothing more is asked", async () => {
  const { others, looked, ask, fill } = desk();
  await fill();
  for (let one = 1; one <= 7; one += 1) void ask(`known ${one}`, `known ${one}`, true);
  await settle();
  expect(others).toEqual(["known 7 refused"]);
  expect(looked).not.toContain("known 7");
});

test("while it is looked up who they are, no more are let in than there is room for", async () => {
  const { others, looked, ask, fill } = desk();
  await fill();
  let say = (_known: boolean) => {};
  const later = new Promise<boolean>((resolve) => (say = resolve));
  for (let one = 1; one <= 9; one += 1) void ask(`maybe ${one}`, `maybe ${one}`, later);
  await settle();
  expect(looked).toHaveLength(6);
  expect(others).toEqual(["maybe 7 refused", "maybe 8 refused", "maybe 9 refused"]);
  say(true);
  await settle();
  expect(others).toHaveLength(3);
});

test("one network holds no more than its share, at work and waiting, and keeps nobody else out", async () => {
  const { served, others, ask, next } = desk();
  for (let one = 1; one <= 7; one += 1) void ask(`office ${one}`, "office");
  void ask("elsewhere");
  await settle();
  expect(served).toEqual(["office 1", "office 2", "elsewhere"]);
  expect(others).toEqual(["office 6 refused", "office 7 refused"]);
  expect(await next()).toBe("office 3");
});

test("of those that wait the network with the fewest at work is next", async () => {
  const { ask, held, served } = desk();
  const asked = [..."aabb"].map((network, index) => ask(`${network}${index}`, network));
  for (const [name, network] of [
    ["a4", "a"],
    ["c5", "c"],
  ])
    void ask(name ?? "", network);
  await Promise.all(asked);
  held[0]?.();
  await settle();
  expect(served.at(-1)).toBe("c5");
});

test("who hung up takes no turn, before it waits, while it waits and while it is looked up", async () => {
  const { served, others, ask, fill, next } = desk();
  for (let one = 1; one <= 4; one += 1) void ask(`at work ${one}`);
  const left = new AbortController();
  void ask("impatient", "impatient", false, left.signal);
  await settle();
  left.abort();
  void ask("too late", "too late", false, left.signal);
  await fill();
  let say = (_known: boolean) => {};
  const later = new Promise<boolean>((resolve) => (say = resolve));
  const leaving = new AbortController();
  void ask("looked up", "looked up", later, leaving.signal);
  await settle();
  leaving.abort();
  say(true);
  await settle();
  expect(others).toEqual(
    expect.arrayContaining(["impatient gone", "too late gone", "looked up gone"]),
  );
  for (let turn = 1; turn <= 6; turn += 1) await next();
  expect(served.filter((name) => /impatient|late|looked/.test(name))).toEqual([]);
});

test("whoever waits in vain is refused in time, and is in nobody's way afterwards", async () => {
  vi.useFakeTimers();
  try {
    const { others, ask, held, served } = desk({ waitMilliseconds: 10_000 });
    for (let one = 1; one <= 5; one += 1) void ask(`${one}`);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(others).toEqual(["5 refused"]);
    held[0]?.();
    void ask("6");
    await vi.advanceTimersByTimeAsync(0);
    expect(served.at(-1)).toBe("6");
  } finally {
    vi.useRealTimers();
  }
});

test("what is at work for long no longer counts, and the turn goes to whose network has the fewest", async () => {
  vi.useFakeTimers();
  try {
    const { ask, held, served } = desk({ workMilliseconds: 5_000 });
    for (let one = 1; one <= 4; one += 1) void ask(`${one}`, one % 2 ? "slow" : "slower");
    void ask("slow again", "slow");
    void ask("other");
    await vi.advanceTimersByTimeAsync(4_999);
    expect(served).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(served.slice(4)).toEqual(["other", "slow again"]);
    // What it gives back later was given back already: four more find room, and no fifth.
    for (const giveBack of held.splice(0, 4)) giveBack();
    for (let one = 1; one <= 3; one += 1) void ask(`late ${one}`);
    await vi.advanceTimersByTimeAsync(0);
    expect(served.slice(6)).toEqual(["late 1", "late 2"]);
  } finally {
    vi.useRealTimers();
  }
});

test("a turn that is given back twice is given back once", async () => {
  const { ask, held, served } = desk();
  for (let one = 1; one <= 6; one += 1) void ask(`${one}`);
  await settle();
  held[0]?.();
  held[0]?.();
  await settle();
  expect(served).toHaveLength(5);
});

test("whatever comes, waits, hangs up and goes, no bound is passed and nobody is forgotten", async () => {
  for (let round = 1; round <= 10; round += 1) {
    const line = new PasswordLine(limits);
    const now = { atWork: 0, most: 0, networks: new Map<string, number>() };
    const ends = { turn: 0, refused: 0, gone: 0 };
    const draw = (index: number, of: number) => (index * index * round + index * 7 + round) % of;
    const work = Array.from({ length: 200 }, async (_, index) => {
      for (let turn = 0; turn <= draw(index, 11); turn += 1) await settle();
      const network = `network ${draw(index, 9)}`;
      const gone = new AbortController();
      if (draw(index, 5) === 0) void settle().then(() => gone.abort());
      const isKnown = () => (draw(index, 2) ? draw(index, 3) === 0 : settle().then(() => true));
      const turn = await line.take({ network, isKnown, gone: gone.signal });
      ends[turn.kind] += 1;
      if (turn.kind !== "turn") return;
      now.atWork += 1;
      now.most = Math.max(now.most, now.atWork);
      const own = (now.networks.get(network) ?? 0) + 1;
      now.networks.set(network, own);
      expect(own).toBeLessThanOrEqual(limits.atWork.network);
      for (let step = 0; step <= draw(index, 4); step += 1) await settle();
      now.atWork -= 1;
      now.networks.set(network, (now.networks.get(network) ?? 0) - 1);
      turn.giveBack();
    });
    await Promise.all(work);
    expect(now.most).toBe(limits.atWork.all);
    expect(ends.turn + ends.refused + ends.gone).toBe(200);
    expect(ends.turn).toBeGreaterThan(0);
    expect(ends.refused).toBeGreaterThan(0);
  }
});
