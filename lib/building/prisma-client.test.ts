import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
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

// As a server loads it: in a process of its own, where nothing but Node reads modules.
function load(from: string): unknown {
  const url = pathToFileURL(join(from, "node_modules/@prisma/client/runtime", name)).href;
  const script = `
    import { createHash } from "node:crypto";
    const { wasm } = await import(${JSON.stringify(url)});
    // As the generated client takes either.
    const sha256 = createHash("sha256").update(Buffer.from(wasm, "base64")).digest("hex");
    console.log(JSON.stringify({ bytes: Buffer.isBuffer(wasm), text: typeof wasm === "string", sha256 }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("a build has the compiler of queries as bytes, the same as Prisma's text holds", () => {
  copyPrismaClient(directory);
  const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
  const [text, bytes] = [load(root), load(directory)];
  expect(text).toEqual({ bytes: false, text: true, sha256 });
  expect(bytes).toEqual({ ...(text as object), bytes: true, text: false });
  expect(bytes).not.toMatchObject({ sha256: createHash("sha256").digest("hex") });
  const runtime = join(directory, "node_modules/@prisma/client/runtime");
  expect(existsSync(join(runtime, name.replace(".mjs", ".js")))).toBe(false);
});
