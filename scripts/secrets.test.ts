import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSecrets, updateSecrets } from "@/scripts/secrets.mjs";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "portaria-secrets-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test("secrets are readable by their owner alone, whatever the umask", () => {
  const before = process.umask(0);
  try {
    updateSecrets(dataDir, () => ({ authSecret: "s" }));
    updateSecrets(dataDir, (secrets) => secrets);
  } finally {
    process.umask(before);
  }
  expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
});

test("a change keeps what it does not name", () => {
  updateSecrets(dataDir, () => ({ authSecret: "s" }));
  updateSecrets(dataDir, (secrets) => ({ ...secrets, databasePassword: "p" }));
  expect(readSecrets(dataDir)).toEqual({ authSecret: "s", databasePassword: "p" });
});

test("damaged secrets are told, never overwritten by new ones", () => {
  writeFileSync(join(dataDir, "secrets.json"), "{");
  expect(() => updateSecrets(dataDir, () => ({ authSecret: "new" }))).toThrow(/is damaged/);
});

test("a data directory without secrets has none", () => {
  expect(readSecrets(dataDir)).toEqual({});
});
