import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "@/lib/machine/project.mjs";

const programs = ["nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"];

/** Where nginx is; undefined when it is not installed. */
export function findNginx(): string | undefined {
  return programs.find((program) => spawnSync(program, ["-v"], { stdio: "ignore" }).status === 0);
}

/** README's blocks for nginx: that for one process, and that for several. */
export function readmeBlocks(): { one: string; several: string } {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```nginx\n(.*?)```/gs)].map(([, block = ""]) => block);
  const several = blocks.find((block) => block.includes("upstream "));
  const one = blocks.find((block) => !block.includes("upstream "));
  if (several === undefined || one === undefined) throw new Error("README has not both blocks.");
  return { one, several };
}

/**
 * README's block for one process as an upstream of two, with nothing else that nginx could be set
 * to.
 */
export const asUpstream = (one: string): string =>
  `upstream portaria {\n  server 127.0.0.1:3001;\n  server 127.0.0.1:3002;\n}\n${one.replace(
    "http://127.0.0.1:3000",
    "http://portaria",
  )}`;

/** A block as it is written for the world, on these ports and without TLS. */
export function onPorts(block: string, listen: number, [first, second]: [number, number]): string {
  return block
    .replace("listen 443 ssl;", `listen 127.0.0.1:${listen};`)
    .replace(/^ *ssl_certificate.*\n/gm, "")
    .replace("127.0.0.1:3001", `127.0.0.1:${first}`)
    .replace("127.0.0.1:3002", `127.0.0.1:${second}`);
}

/** Runs nginx with this block on `port`; `stop()` resolves once it has ended. */
export async function startNginx(program: string, block: string, port: number) {
  const directory = mkdtempSync(join(tmpdir(), "portaria-nginx-"));
  chmodSync(directory, 0o755);
  for (const name of ["body", "proxy", "fastcgi", "uwsgi", "scgi"])
    mkdirSync(join(directory, name));
  const temporary = ["fastcgi", "uwsgi", "scgi", "proxy"].map(
    (name) => `${name}_temp_path ${name};`,
  );
  const settings = join(directory, "nginx.conf");
  const text = `daemon off; worker_processes 2; pid nginx.pid; error_log errors.log;
${process.getuid?.() === 0 ? "user root;" : ""}
events { worker_connections 1024; }
http { access_log off; client_body_temp_path body; ${temporary.join(" ")}
${block}
}
`;
  writeFileSync(settings, text);
  const child: ChildProcess = spawn(program, ["-p", directory, "-c", settings], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!(await answers(port))) {
    if (isOver) throw new Error(`nginx did not start with\n${text}`);
    await pause(50);
  }
  return {
    /** What it wrote of errors. */
    errors: () => readFileSync(join(directory, "errors.log"), "utf8"),
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false)).once("connect", () => resolve(true));
    socket.once("connect", () => socket.destroy());
  });
}
