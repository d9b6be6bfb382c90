import { spawn } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { freePort } from "@/lib/testing/free-port";

const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"].find(
  (path) => existsSync(path),
);

/** Whether this machine has PgBouncer: a Debian package, which tests do without. */
export const hasPgBouncer = program !== undefined;

/** PgBouncer before a database, with Debian's settings but for those given; `stop` ends it. */
export async function startPgBouncer(
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<{ url: string; stop(): Promise<void> }> {
  const target = new URL(databaseUrl);
  const directory = makeTestDirectory("portaria-pgbouncer-");
  const port = await freePort();
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), 0o644);
    return join(directory, name);
  };
  const password = decodeURIComponent(target.password);
  const users = file("users.txt", `"${target.username}" "${password}"\n`);
  const given = {
    listen_addr: "127.0.0.1",
    listen_port: String(port),
    unix_socket_dir: "",
    auth_type: "md5",
    auth_file: users,
    ...settings,
  };
  const lines = Object.entries(given).map(([name, value]) => `${name} = ${value}`);
  const host = `host=${target.hostname} port=${target.port}`;
  const login = `user=${target.username} password=${password}`;
  const text = ["[databases]", `* = ${host} ${login}`, "[pgbouncer]", ...lines, ""].join("\n");
  const configuration = file("pgbouncer.ini", text);
  chmodSync(directory, 0o755);
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn(program ?? "", [...user, configuration], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  while (!(await answers(port))) await pause(50);
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await removeTestDirectory(directory);
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}
