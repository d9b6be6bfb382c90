import { availableParallelism } from "node:os";
import { expect, test, vi } from "vitest";
import { HASHES_AT_WORK, hashPassword, isPassword } from "@/lib/password/password-hash";

const work = vi.hoisted(() => ({ now: 0, most: 0, began: [] as string[], fails: false }));
vi.mock("@node-rs/argon2", () => {
  const run = async (name: string) => {
    work.began.push(name);
    work.now += 1;
    work.most = Math.max(work.most, work.now);
    await new Promise((resolve) => setImmediate(resolve));
    work.now -= 1;
    if (work.fails) throw new Error("no memory");
  };
  return {
    hash: async (text: string) => {
      await run(text);
      return `hash of ${text}`;
    },
    verify: async (hash: string, text: string) => {
      await run(text);
      return hash === `hash of ${text}`;
    },
  };
});

test("no more hashes are at work than cores, in the order in which they came, and each is done", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `${index}`);
  const hashes = await Promise.all(names.map((name) => hashPassword(name)));
  expect(hashes).toEqual(names.map((name) => `hash of ${name}`));
  expect(work.began).toEqual(names);
  expect(work.most).toBe(HASHES_AT_WORK);
  expect(HASHES_AT_WORK).toBeLessThanOrEqual(availableParallelism());
});

test("a hash that fails keeps nobody waiting", async () => {
  work.fails = true;
  const failed = await Promise.allSettled(["a", "b", "c", "d", "e"].map(hashPassword));
  expect(failed.every(({ status }) => status === "rejected")).toBe(true);
  work.fails = false;
  expect(await hashPassword("f")).toBe("hash of f");
});

test("without a hash a password is compared all the same, and is wrong", async () => {
  work.began.length = 0;
  expect(await isPassword(null, "no account has this password")).toBe(false);
  expect(work.began.filter((text) => text === "no account has this password")).toHaveLength(2);
});
