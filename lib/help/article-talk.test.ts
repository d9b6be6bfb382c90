import { expect, test, vi } from "vitest";
import { readArticleTalk } from "@/lib/help/article-talk";

const fault = vi.hoisted(() => ({ thrown: new Error() as Error }));
vi.mock("@/lib/help/store", () => ({
  findVoices: () => Promise.reject(fault.thrown),
  findPublished: () => Promise.reject(fault.thrown),
}));

const query = { article: "login-code", locale: "en" as const, browserId: null, before: null };

test("with the database away an article can still be read", async () => {
  fault.thrown = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
  expect(await readArticleTalk(query)).toBeNull();
});

test("any other fault is not hidden", async () => {
  fault.thrown = new TypeError("a fault");
  await expect(readArticleTalk(query)).rejects.toThrow(TypeError);
});
