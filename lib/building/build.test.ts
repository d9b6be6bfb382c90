import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources } from "@/lib/building/source-hash.mjs";
import { inOtherNamespace } from "@/lib/testing/other-namespace";
import { copyTools } from "@/lib/testing/tools-copy";

// A project of a few files whose builds are there, for the scripts take the folder above for it.
let project: string;
let children: { child: ChildProcess; ended: Promise<unknown> }[] = [];
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "portaria-project-"));
  chmodSync(project, 0o755);
  copyTools(project);
  mkdirSync(join(project, "node_modules", "next", "dist", "bin"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(join(project, "one.json"), "1");
});
afterEach(async () => {
  for (const { child, ended } of children) {
    child.kill("SIGKILL");
    await ended;
  }
  children = [];
  spawnSync("chmod", ["-R", "u+w", project]);
  rmSync(project, { recursive: true, force: true });
});

function leaveBuild(): string {
  const directory = join(project, ".build", hashSources(project));
  mkdirSync(directory, { recursive: true });
  for (const mark of ["portaria-in-use", "portaria-pages-ready"])
    writeFileSync(join(directory, mark), "");
  return directory;
}

const serve = `
  import { ensureBuilt } from "./lib/building/build.mjs";
  try {
    console.log(await ensureBuilt());
    process.stdin.resume();
  } catch (error) {
    console.log(error.name + ": " + error.message.split("\\n").at(-1));
  }
`;

/** What a start says of the build, which it then uses until it is killed. */
async function startServing({ before = [] as string[], as: user = {} } = {}) {
  const command = [...before, process.execPath, "--input-type=module", "-e", serve];
  const [program = "", ...args] = command;
  const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];
  const child = spawn(program, args, { cwd: project, stdio, ...user });
  const ended = new Promise((resolve) => child.once("close", resolve));
  children.push({ child, ended });
  const said = await new Promise<string>((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (!text.startsWith("Building") || text.split("\n").length > 2) resolve(text.trim());
    });
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { said, kill };
}

// Another user, or at least one who may not write: root may everything.
function closeProject() {
  spawnSync("chmod", ["-R", "a+rX,a-w", project]);
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

test("what is built can be started by a user who may not write into the project", async () => {
  const directory = leaveBuild();
  const { said } = await startServing({ as: closeProject() });
  expect(said).toBe(join(".build", directory.split("/").at(-1) ?? "", "pages"));
});

test("what is not built cannot, and that is reported in a sentence", async () => {
  mkdirSync(join(project, ".build"));
  const { said } = await startServing({ as: closeProject() });
  expect(said).toMatch(
    /^OperatorError: \S+\.build cannot be written \(EACCES\): start as the user/,
  );
});

test.each([
  { where: "here", before: () => [] },
  { where: "in another namespace", before: inOtherNamespace },
])("a build that a server $where uses is kept, and deleted when it has ended", async (server) => {
  const old = leaveBuild();
  const { kill } = await startServing({ before: server.before() });
  writeFileSync(join(project, "one.json"), "2");
  const next = leaveBuild();
  await (await startServing()).kill();
  expect([existsSync(old), existsSync(next)]).toEqual([true, true]);
  await kill();
  await startServing();
  expect([existsSync(old), existsSync(next)]).toEqual([false, true]);
});

test("a build that was never finished is deleted", async () => {
  const broken = join(project, ".build", "0123456789abcdef");
  mkdirSync(broken, { recursive: true });
  leaveBuild();
  await startServing();
  expect(existsSync(broken)).toBe(false);
});
