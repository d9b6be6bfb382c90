import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withoutEnvFiles } from "@/lib/building/next-env-files.mjs";
import { root } from "@/lib/machine/project.mjs";
import { readSettingsFile } from "@/lib/machine/settings-file.mjs";

let directory: string;
let before: NodeJS.ProcessEnv;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-settings-"));
  before = { ...process.env };
  // `npm test` sets every setting to nothing, so that the shell's do not count.
  delete process.env.SIGNUPS_PER_HOUR;
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(directory, { recursive: true, force: true });
});

const leave = (name: string, content: string | Buffer) =>
  writeFileSync(join(directory, name), content);

test("the first line counts behind a byte order mark too, and the environment comes first", () => {
  process.env.PORT = "4000";
  process.env.HOST = "";
  leave(".env", "\uFEFFSIGNUPS_PER_HOUR=7\r\nPORT=5000\r\nHOST=0.0.0.0\r\n");
  readSettingsFile(directory);
  expect(process.env).toMatchObject({ SIGNUPS_PER_HOUR: "7", PORT: "4000", HOST: "" });
});

test("without a file nothing changes", () => {
  readSettingsFile(directory);
  expect(process.env.SIGNUPS_PER_HOUR).toBeUndefined();
});

test("what is meant for psql or for others' sign-in is dropped, from the shell and from the file", () => {
  process.env.PGOPTIONS = "-c search_path=elsewhere";
  process.env.PGSSLMODE = "require";
  process.env.AUTH_URL = "https://other.example.com";
  leave(".env", "PGPASSWORD=x\nPGHOST=db\nNEXTAUTH_URL=https://other.example.com\n");
  readSettingsFile(directory);
  const left = Object.keys(process.env).filter((name) => /^(PG|NEXTAUTH|AUTH_URL)/.test(name));
  expect(left).toEqual([]);
});

test.each<[string, string | Buffer, RegExp]>([
  ["UTF-16", Buffer.from("\uFEFFPORT=1\n", "utf16le"), /\.env cannot be read: it is UTF-16, .*\.$/],
  ["a line that is none", "PORT 3000", /\.env cannot be read: line 1 is no NAME=value; .*\.$/],
])("%s is reported in a sentence that names the file", (_, content, sentence) => {
  leave(".env", content);
  expect(() => readSettingsFile(directory)).toThrow(sentence);
});

test("a directory of that name is reported", () => {
  mkdirSync(join(directory, ".env"));
  expect(() => readSettingsFile(directory)).toThrow(/\.env cannot be read: it is a directory/);
});

// Next's own reader in a process of its own, for it remembers what it read.
function nextReads(preparation: string): string {
  const script = `
    import { createRequire } from "node:module";
    import { keepNextFromEnvFiles } from ${JSON.stringify(join(root, "lib", "building", "next-env-files.mjs"))};
    ${preparation}
    const next = createRequire(createRequire(import.meta.url).resolve("next/package.json"));
    const { loadEnvConfig } = next("@next/env");
    for (const again of [false, true]) loadEnvConfig(${JSON.stringify(directory)}, false, console, again);
    console.log(process.env.BLOCK_MINUTES ?? "nothing");
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: root,
    env: { PATH: process.env.PATH } as unknown as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  return stdout.trim() || stderr;
}

test.each([".env", ".env.local", ".env.production", ".env.production.local"])(
  "Next takes nothing from %s in the server, which would not count for mails and worker",
  (name) => {
    leave(name, "BLOCK_MINUTES=5\n");
    expect(nextReads("")).toBe("5");
    expect(nextReads("keepNextFromEnvFiles();")).toBe("nothing");
  },
);

test("Next takes nothing from such files in a build", () => {
  leave(".env.production", "BLOCK_MINUTES=5\n");
  const script = `
    const { loadEnvConfig } = require(require.resolve("@next/env", { paths: [require.resolve("next/package.json")] }));
    loadEnvConfig(${JSON.stringify(directory)}, false);
    console.log(process.env.BLOCK_MINUTES ?? "nothing");
  `;
  const read = (environment: Record<string, string>) =>
    spawnSync(process.execPath, ["-e", script], {
      cwd: root,
      env: { PATH: process.env.PATH, ...environment } as unknown as NodeJS.ProcessEnv,
      encoding: "utf8",
    }).stdout.trim();
  expect(read({})).toBe("5");
  expect(read(withoutEnvFiles)).toBe("nothing");
});
