import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { judgeKept, keepUnexpected, unexpectedIn } from "@/lib/testing/server-log";

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['{"level":"warn","time":"t","msg":"the disk is full"}', true],
  ['{"level":"error","time":"t","msg":"the disk is full"}', true],
  ['{"level":"fatal","time":"t","msg":"the disk is full"}', true],
  [" ⨯ Error: a page", true],
  ["(node:12) Warning: something", true],
  ["TypeError: undefined is no function", true],
  ['{"level":"info","time":"t","msg":"an \\"error\\" of a customer"}', false],
  ["Portaria runs at http://localhost:3000", false],
  ["", false],
])("%s: %s", (line, isUnexpected) => {
  const printed = `begin\n${line}\nend\n`;
  expect(unexpectedIn(printed, [])).toEqual(isUnexpected ? [line] : []);
  expect(unexpectedIn(printed, [/disk|page|something|undefined/])).toEqual([]);
});

test("what was kept of any server fails the run, by the server's name", () => {
  const directory = mkdtempSync(join(tmpdir(), "portaria-server-log-"));
  const log = join(directory, "server.log");
  writeFileSync(log, '{"level":"error","msg":"one"}\n{"level":"error","msg":"two"}\n');
  try {
    keepUnexpected("outside a run", log, []);
    expect(judgeKept).not.toThrow();
    vi.stubEnv("E2E_UNEXPECTED", join(directory, "kept"));
    keepUnexpected("host", log, [/one|two/]);
    keepUnexpected("none", join(directory, "none"), []);
    expect(judgeKept).not.toThrow();
    keepUnexpected("host", log, [/one/]);
    expect(judgeKept).toThrow(/host: .*"two"/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
