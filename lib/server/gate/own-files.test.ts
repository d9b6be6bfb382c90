import { afterAll, beforeAll, expect, test } from "vitest";
import { openOwnFiles } from "@/lib/server/gate/own-files";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

const text = ":root{--accent:rgb(1 2 3)}";
const files = openOwnFiles("/no/such/directory", { brand: text });
const address = files.addressOf("/styles/brand.css") ?? "";

let gate: GateUnderTest;
beforeAll(async () => {
  gate = await startGate(async (_, res) => void res.writeHead(404).end(), { files });
});
afterAll(() => gate.stop());

test("the address of a file changes with what it holds", () => {
  expect(address).toMatch(/^\/styles\/brand\.css\?v=[\w-]{12}$/);
  expect(openOwnFiles("/no", { brand: text }).addressOf("/styles/brand.css")).toBe(address);
  expect(openOwnFiles("/no", { brand: "" }).addressOf("/styles/brand.css")).not.toBe(address);
  expect(files.addressOf("/styles/other.css")).toBeNull();
});

test.each([
  ["GET", address, 200, "public, max-age=31536000, immutable"],
  ["HEAD", address, 200, "public, max-age=31536000, immutable"],
  ["GET", "/styles/brand.css", 200, "no-cache"],
  ["GET", "/styles/brand.css?v=of-before", 200, "no-cache"],
  ["GET", "/styles/other.css", 404, "no-store"],
  ["GET", "/styles/", 404, "no-store"],
  ["POST", address, 405, "no-store"],
])("%s %s is %d, and kept by %s", async (method, target, status, kept) => {
  const headers = method === "POST" ? urlencoded : {};
  const answer = await gate.send(method, target, headers, method === "POST" ? "a=b" : "");
  expect(answer.status).toBe(status);
  expect(answer.headers["cache-control"]).toBe(kept);
  if (status !== 200) return;
  expect(answer.headers["content-type"]).toBe("text/css; charset=utf-8");
  expect(answer.body).toBe(method === "HEAD" ? "" : text);
});
