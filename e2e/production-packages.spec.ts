import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@/e2e/fixtures";
import { hostDataDirectory } from "@/e2e/support/host-database";
import { mailThrough } from "@/e2e/support/mail-settings";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { runTool } from "@/lib/machine/run-tool.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { startInstallation } from "@/lib/testing/installation";

// The tests' servers run in this copy, which has no package that only building needs.
const project = process.env.E2E_PROJECT ?? "";
const nowhere = { npm_config_registry: "http://127.0.0.1:1/", npm_config_cache: "/nowhere" };

/** Every file and folder of the copy, with when it was changed; what tests keep beside it is not it. */
function everything(): string[] {
  return readdirSync(project, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isSymbolicLink() ? path : `${path} ${statSync(path).mtimeMs}`;
  });
}

test("the copy has neither the tools of the build nor the generated client", () => {
  const modules = join(project, "node_modules");
  expect(existsSync(join(modules, "next", "package.json"))).toBe(true);
  for (const name of ["prisma", "@prisma/client", "typescript", "tsx", "esbuild", "sharp", "zod"])
    expect([name, existsSync(join(modules, name))]).toEqual([name, false]);
  expect(existsSync(join(project, "lib", "generated"))).toBe(false);
});

test("server, worker and commands run with a running server's packages, and write nothing there", async () => {
  const before = everything();
  const dataDir = hostDataDirectory();
  const settings = {
    DATABASE_URL: runningDatabaseUrl(dataDir) ?? "",
    AUTH_SECRET: readSecrets(dataDir).authSecret ?? "",
    ...mailThrough(),
    WORKER: "off",
  };
  const env = { ...withoutSettings(process.env), ...nowhere, ...settings };
  const run = (name: string, ...words: string[]) =>
    runTool(process.execPath, [join(project, "scripts", `${name}.mjs`), ...words], {
      env,
      cwd: project,
    });

  const second = await startInstallation("built", { ...nowhere, ...settings }, project);
  try {
    expect((await fetch(`${second.url}/api/health`)).status).toBe(200);
    expect((await fetch(`${second.url}/login`)).status).toBe(200);
  } finally {
    await second.stop();
  }
  expect(await run("staff", "list")).toMatchObject({ code: 0 });
  expect(await run("audit", "verify")).toMatchObject({ code: 0 });
  const backup = test.info().outputPath("backup");
  expect(await run("backup", backup)).toMatchObject({ code: 0 });
  // It reads the backup to its end first; the database of the tests holds rows.
  expect(await run("restore", backup)).toMatchObject({
    code: 1,
    output: expect.stringMatching(/ is not empty .*nothing in it is overwritten/),
  });
  expect(await run("move", "--back")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/ was not moved: nothing was changed\.\n$/),
  });
  expect(await run("build-command")).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Built: \S+\n$/),
  });
  expect(everything()).toEqual(before);
});
