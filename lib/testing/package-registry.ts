import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** What a lock file says of a package, to which a test may add flags such as `dev`. */
export type LockEntry = { version: string; resolved: string; integrity: string };

/** A registry of npm's on this machine, for packages made in `directory`. */
export type PackageRegistry = {
  /** Packs a package of one file, `index.js`, and returns its entry for a lock file. */
  publish(name: string, version: string): LockEntry;
  /** How a package is answered from now on: it never ends, or is cut in the middle. */
  spoil(name: string, how: "hangs" | "cut" | "none"): void;
  /** Names of the packages that were asked for, in order. */
  asked: string[];
  /** Resolves when the package is asked for the next time. */
  nextAsked(name: string): Promise<void>;
  close(): void;
};

export async function startPackageRegistry(directory: string): Promise<PackageRegistry> {
  const packed = new Map<string, Buffer>();
  const spoiled = new Map<string, string>();
  const asked: string[] = [];
  const waiting: { name: string; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const file = (request.url ?? "").slice(1);
    const name = file.replace(/-\d.*$/, "");
    asked.push(name);
    for (const one of waiting) if (one.name === name) one.resolve();
    const body = packed.get(file);
    const how = spoiled.get(name);
    if (how === "hangs") return;
    if (body === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/octet-stream" });
    response.end(how === "cut" ? body.subarray(0, body.length / 2) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    publish(name, version) {
      const folder = join(directory, `${name}-${version}`);
      mkdirSync(join(folder, "package"), { recursive: true });
      writeFileSync(join(folder, "package", "package.json"), JSON.stringify({ name, version }));
      writeFileSync(join(folder, "package", "index.js"), `module.exports = "${version}";\n`);
      execFileSync("tar", ["-czf", "packed.tgz", "package"], { cwd: folder });
      const body = readFileSync(join(folder, "packed.tgz"));
      packed.set(`${name}-${version}.tgz`, body);
      const integrity = `sha512-${createHash("sha512").update(body).digest("base64")}`;
      return { version, resolved: `${url}${name}-${version}.tgz`, integrity };
    },
    spoil: (name, how) => void spoiled.set(name, how),
    asked,
    nextAsked: (name) => new Promise((resolve) => waiting.push({ name, resolve })),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
