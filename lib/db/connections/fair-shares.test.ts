import { expect, test, vi } from "vitest";
import { FairShares, type GiveBack, ShareRefused } from "@/lib/db/connections/fair-shares";
import type { Holder } from "@/lib/log/request-context";

const limits = { all: 8, network: 5, account: 3 };
const long = 60_000;

/** Somebody of a network; a letter without one is an account at a network of its own. */
const holderOf = (account: string | null, network = `network of ${account}`): Holder => ({
  account,
  network,
});

function desk() {
  const shares = new FairShares(limits);
  const served: string[] = [];
  const held: GiveBack[] = [];
  /** Asks for a share; whoever is served is written down. */
  const ask = (name: string, holder: Holder) => {
    const asked = shares.take(holder, long).then((giveBack) => {
      served.push(name);
      held.push(giveBack);
    });
    asked.catch(() => {});
    return asked;
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { shares, served, held, ask, settle };
}

test("an account gets its share and no more, whatever networks it comes from", async () => {
  const { served, ask, settle, held } = desk();
  for (let tab = 1; tab <= 14; tab += 1) void ask(`tab ${tab}`, holderOf("a", `network ${tab}`));
  await settle();
  expect(served).toEqual(["tab 1", "tab 2", "tab 3"]);
  held[0]?.();
  await settle();
  expect(served).toEqual(["tab 1", "tab 2", "tab 3", "tab 4"]);
});

test("a network gets its share and no more, signed in or not; others are served beside it", async () => {
  const { served, ask, settle } = desk();
  for (let one = 1; one <= 9; one += 1)
    void ask("office", holderOf(one % 2 ? null : `c${one}`, "office"));
  void ask("elsewhere", holderOf("e"));
  await settle();
  expect(served.filter((name) => name === "office")).toHaveLength(limits.network);
  expect(served).toContain("elsewhere");
});

test("all requests together leave the rest to the worker and to health", async () => {
  const { served, ask, settle } = desk();
  for (let one = 1; one <= 20; one += 1) void ask(`${one}`, holderOf(`${one}`));
  await settle();
  expect(served).toHaveLength(limits.all);
});

test("in an office whoever asks for little is served before whoever asks for much", async () => {
  const { served, held, ask, settle } = desk();
  const office = "office";
  for (let tab = 1; tab <= 14; tab += 1) void ask("greedy", holderOf("greedy", office));
  void ask("b", holderOf("b", office));
  void ask("c", holderOf("c", office));
  void ask("d", holderOf("d", office));
  await settle();
  expect(served).toEqual(["greedy", "greedy", "greedy", "b", "c"]);
  held[0]?.();
  await settle();
  expect(served.at(-1)).toBe("d");
});

test("a crowd without sessions takes turns with one who is signed in at the same network", async () => {
  const { served, held, ask, settle } = desk();
  for (let one = 1; one <= 30; one += 1) void ask("nobody", holderOf(null, "office"));
  void ask("customer", holderOf("c", "office"));
  await settle();
  expect(served).toEqual(Array(limits.network).fill("nobody"));
  held[0]?.();
  await settle();
  expect(served.at(-1)).toBe("customer");
});

test("of networks the one that holds the fewest is next", async () => {
  const { served, held, ask, settle } = desk();
  for (let one = 1; one <= 5; one += 1) void ask("first", holderOf(`f${one}`, "first"));
  for (let one = 1; one <= 5; one += 1) void ask("second", holderOf(`s${one}`, "second"));
  void ask("third", holderOf("t", "third"));
  await settle();
  expect(served).toHaveLength(limits.all);
  held[0]?.();
  await settle();
  expect(served.at(-1)).toBe("third");
});

test("what waits in vain learns which bound it was, and is in nobody's way afterwards", async () => {
  vi.useFakeTimers();
  try {
    const { shares, held, ask, served } = desk();
    for (let tab = 1; tab <= 3; tab += 1) void ask(`tab ${tab}`, holderOf("a"));
    const late = shares.take(holderOf("a"), 2_000).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);
    const error = await late;
    expect(error).toBeInstanceOf(ShareRefused);
    expect(error).toMatchObject({ bound: "account" });
    held[0]?.();
    void ask("tab 5", holderOf("a"));
    await vi.advanceTimersByTimeAsync(0);
    expect(served.at(-1)).toBe("tab 5");
  } finally {
    vi.useRealTimers();
  }
});

test("a share that is given back twice is given back once", async () => {
  const { shares, served, ask, settle } = desk();
  const giveBack = await shares.take(holderOf("a"), long);
  giveBack();
  giveBack();
  for (let tab = 1; tab <= 5; tab += 1) void ask(`tab ${tab}`, holderOf("a"));
  await settle();
  expect(served).toHaveLength(limits.account);
});

test("beyond some hundred that wait at a network nobody else there waits", async () => {
  const { shares, ask } = desk();
  for (let one = 1; one <= 505; one += 1) void ask("many", holderOf(null, "office"));
  await expect(shares.take(holderOf(null, "office"), long)).rejects.toMatchObject({
    bound: "network",
  });
  // Another network is not concerned.
  await (await shares.take(holderOf("b"), long))();
});

test("whatever is taken and given back in whatever order, no bound is passed and nobody is forgotten", async () => {
  for (let round = 1; round <= 10; round += 1) {
    const shares = new FairShares(limits);
    const now = {
      all: 0,
      most: 0,
      account: new Map<string, number>(),
      network: new Map<string, number>(),
    };
    const up = (map: Map<string, number>, key: string, by: number) => {
      map.set(key, (map.get(key) ?? 0) + by);
      return map.get(key) ?? 0;
    };
    const work = Array.from({ length: 200 }, async (_, index) => {
      const holder = holderOf(
        index % 3 ? `account ${(index * round) % 7}` : null,
        `network ${(index * 5 + round) % 4}`,
      );
      const giveBack = await shares.take(holder, long);
      now.all += 1;
      now.most = Math.max(now.most, now.all);
      expect(up(now.network, holder.network, 1)).toBeLessThanOrEqual(limits.network);
      if (holder.account)
        expect(up(now.account, holder.account, 1)).toBeLessThanOrEqual(limits.account);
      for (let turn = 0; turn <= (index * round) % 5; turn += 1) await null;
      now.all -= 1;
      up(now.network, holder.network, -1);
      if (holder.account) up(now.account, holder.account, -1);
      giveBack();
    });
    await Promise.all(work);
    expect(now.most).toBe(limits.all);
  }
});
