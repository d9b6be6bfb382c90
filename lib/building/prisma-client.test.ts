import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { copyPrismaClient } from "@/lib/building/prisma-client.mjs";
import { root } from "@/lib/machine/project.mjs";

const directory = mkdtempSync(join(tmpdir(), "portaria-prisma-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const name = "query_compiler_fast_bg.postgresql.wasm-base64.mjs";
const load = async (from: string) =>
  (await import(pathToFileURL(join(from, "node_modules/@prisma/client/runtime", name)).href)).wasm;

test("a build has the compiler of queries as bytes, the same as Prisma's text holds", async () => {
  copyPrismaClient(directory);
  const [text, bytes] = [await load(root), await load(directory)];
  expect(typeof text).toBe("string");
  // As the generated client takes either.
  expect(Buffer.from(bytes, "base64").equals(Buffer.from(text, "base64"))).toBe(true);
  expect(Buffer.isBuffer(bytes)).toBe(true);
  const runtime = join(directory, "node_modules/@prisma/client/runtime");
  expect(existsSync(join(runtime, name.replace(".mjs", ".js")))).toBe(false);
});
