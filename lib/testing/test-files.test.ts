import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "@/lib/machine/project.mjs";
import { testFiles } from "@/lib/testing/test-files.mjs";

/** Sorts files of which only their text is known. */
function sorted(texts: Record<string, string>) {
  const directory = mkdtempSync(join(tmpdir(), "portaria-test-files-"));
  for (const folder of ["app", "bench", "components", "emails", "lib", "prisma", "scripts"])
    mkdirSync(join(directory, folder));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const files = testFiles(directory);
  rmSync(directory, { recursive: true });
  return files;
}

test("every test file of the project runs, in a process of its own or in a shared one", () => {
  const { own, shared } = testFiles(root);
  const notOurs = /^(\.|node_modules\/|lib\/generated\/|test-results\/)/;
  const found = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notOurs.test(`${entry.name}/`))
    .flatMap(({ name }) =>
      readdirSync(join(root, name), { recursive: true, encoding: "utf8" }).map((path) =>
        join(name, path),
      ),
    )
    .filter((path) => /\.test\.\w+$/.test(path) && !notOurs.test(path));
  expect([...own, ...shared].sort()).toEqual(found.sort());
});

test.each([
  'vi.mock("@/lib/clock", () => ({}));',
  "const clock = vi.hoisted(() => ({ now: 0 }));",
  "vi.resetModules();",
  "vi.setConfig({ testTimeout: 90_000 });",
  'import { spawn } from "node:child_process";',
  "process.exitCode = 1;",
  "Object.assign(ANSWER_SHARES, { account: 100 });",
  "const gate = await startGate(handle, { formsOnce: true });",
  'import { noteTries } from "@/lib/mail/note-tries";',
  'import { startHeartbeat } from "@/lib/heartbeat/start-heartbeat";',
  'import { deepHealth } from "@/lib/heartbeat/deep-health";',
  'import { answerHealth } from "@/lib/server/answer-health";',
  'import { reportRefusedShare } from "@/lib/db/connections/refused-shares";',
  'import { forgottenProxy } from "@/lib/server/gate/proxy-notice";',
  "expectLogged(/asks for more answers at once than its share/);",
  "expectLogged(/More passwords come than this machine can look at/);",
  "expectLogged(/a reverse proxy that TRUSTED_PROXIES does not name/);",
  'expect(process.env.NODE_ENV).not.toBe("production");',
])("a file gets a process of its own that says %s", (line) => {
  expect(sorted({ "lib/x/a.test.ts": line }).own).toEqual(["lib/x/a.test.ts"]);
});

test("all others share one, whatever they do to settings, the clock and spies, which is undone", () => {
  const text =
    'process.env.PORT = "1"; vi.useFakeTimers(); vi.stubEnv("A", "b"); vi.spyOn(log, "warn");';
  const files = sorted({
    "app/(door)/a.test.ts": text,
    "lib/a.ts": "",
    "lib/generated/b.test.ts": "",
  });
  expect(files).toEqual({ own: [], shared: ["app/(door)/a.test.ts"] });
});

test("whoever looks at pages hears what React warns of, and all others have it as customers do", () => {
  const files = sorted({ "app/(door)/a.test.tsx": "" });
  expect(files).toEqual({ own: ["app/(door)/a.test.tsx"], shared: [] });
  expect(process.env.NODE_ENV).not.toBe("production");
});
