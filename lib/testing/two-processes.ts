import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { root } from "@/lib/machine/project.mjs";

const starter = (port: string) => `
import { registerTypeScript } from ${JSON.stringify(join(root, "lib", "machine", "typescript.mjs"))};
await registerTypeScript();
const { log } = await import(${JSON.stringify(join(root, "lib", "log", "log.ts"))});
log.level = "silent";
const { startSignInServer } = await import(${JSON.stringify(port)});
process.send((await startSignInServer()).port);
process.on("disconnect", () => process.exit());
`;

/** A process of an installation, with the settings and the database of the test. */
export type OneProcess = { url: string; child: ChildProcess; kill(): Promise<void> };

/** Starts a process that answers sign-ins; resolves once it listens. */
export async function startProcess(): Promise<OneProcess> {
  const directory = makeTestDirectory("portaria-process-");
  const file = join(directory, "start.mjs");
  writeFileSync(file, starter(join(root, "lib", "testing", "sign-in-server.ts")));
  const child = fork(file, { cwd: root, env: process.env, execArgv: [] });
  const [port] = (await once(child, "message")) as [number];
  await removeTestDirectory(directory);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { url: `http://127.0.0.1:${port}`, child, kill };
}
