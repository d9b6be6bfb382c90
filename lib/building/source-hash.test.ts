import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources } from "@/lib/building/source-hash.mjs";

let directory: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
};
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-hash-"));
  write("package.json", "{}");
  write("app/page.tsx", "a");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test.each(["app/page.tsx", "lib/i18n/messages/en.json", "next.config.mjs", "package-lock.json"])(
  "a change in %s makes another build",
  (path) => {
    const before = hashSources(directory);
    write(path, "changed");
    expect(hashSources(directory)).not.toBe(before);
  },
);

test("a renamed file makes another build", () => {
  const before = hashSources(directory);
  renameSync(join(directory, "app/page.tsx"), join(directory, "app/other.tsx"));
  expect(hashSources(directory)).not.toBe(before);
});

test.each([
  "README.md",
  "next-env.d.ts",
  "lib/log/log.test.ts",
  "lib/generated/prisma/client.ts",
  "lib/testing/database.ts",
  "e2e/sign-up.spec.ts",
  "playwright.config.ts",
  ".data/secrets.json",
  "node_modules/next/index.js",
])("%s has no part in a build", (path) => {
  const before = hashSources(directory);
  write(path, "changed");
  expect(hashSources(directory)).toBe(before);
});
