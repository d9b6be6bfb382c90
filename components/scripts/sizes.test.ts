import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compileScripts } from "@/lib/building/compile.mjs";

const KIB = 1024;

// What a bad line fetches before anything can be typed, and what only browsers with passkeys do.
test("a page's own script stays under 2 KiB, and the one of passkeys within 8", async () => {
  const folder = mkdtempSync(join(tmpdir(), "portaria-scripts-"));
  try {
    await compileScripts(folder);
    const size = (name: string) => gzipSync(readFileSync(join(folder, `${name}.js`))).length;
    expect(size("page")).toBeLessThan(2 * KIB);
    expect(size("passkey")).toBeLessThanOrEqual(8 * KIB);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
