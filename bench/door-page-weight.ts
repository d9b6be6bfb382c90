import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { describeRun } from "@/bench/machine";
import { Visitor } from "@/bench/visitor";
import { ensureBuilt } from "@/lib/building/build.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { root } from "@/lib/machine/project.mjs";
import { startInstallation } from "@/lib/testing/installation";

const demo = "maria@example.com";
/** The pages, and the routes that serve them. */
const routes = {
  "/login": "/login",
  "/signup": "/signup",
  "/verify": "/verify",
  "/help/login-code": "/help/[article]",
};

/** The chunks of a route's scripts that hold modules of ours, by the build's own list of them. */
function ownChunks(build: string, route: string): Set<string> {
  const list = join(build, "server", "app", "(door)", route, "page_client-reference-manifest.js");
  if (!existsSync(list)) throw new Error(`The build has no list of client modules for ${route}.`);
  type Manifest = { clientModules: Record<string, { chunks: string[] }> };
  const page: { __RSC_MANIFEST?: Record<string, Manifest> } = {};
  vm.runInNewContext(readFileSync(list, "utf8"), { globalThis: page });
  const [manifest] = Object.values(page.__RSC_MANIFEST ?? {});
  const modules = Object.entries(manifest?.clientModules ?? {});
  const chunksOf = (ours: boolean) =>
    modules
      .filter(([module]) => module.includes("/node_modules/") !== ours)
      .flatMap(([, { chunks }]) => chunks);
  const theirs = new Set(chunksOf(false));
  return new Set(chunksOf(true).filter((chunk) => !theirs.has(chunk)));
}

/** Bytes of the scripts a page names, save the one for browsers without modules; gzipped each. */
async function weigh(origin: string, html: string, own: Set<string>) {
  const legacy = new Set([...html.matchAll(/src="([^"]+)" noModule/g)].map(([, src]) => src));
  const named = new Set(html.match(/\/_next\/static\/chunks\/[^"\\]+\.js/g));
  const bytes = { own: 0, ownGzip: 0, framework: 0, frameworkGzip: 0 };
  for (const chunk of named) {
    if (legacy.has(chunk)) continue;
    const body = Buffer.from(await (await fetch(new URL(chunk, origin))).arrayBuffer());
    const whose = own.has(chunk) ? "own" : "framework";
    bytes[whose] += body.length;
    bytes[`${whose}Gzip`] += gzipSync(body).length;
  }
  return bytes;
}

/** Starts the production build, visits each page of the way in, and prints what it ships. */
export async function weighDoorPages(): Promise<void> {
  const build = join(root, await ensureBuilt());
  const server = await startInstallation("bench", { WORKER: "off" });
  try {
    const visitor = new Visitor(server.url);
    const password = readSecrets(server.dataDir).demoPasswords?.[demo] ?? "";
    await visitor.submit("/login", "Sign in", { email: demo, password });
    const rows = [];
    for (const [path, route] of Object.entries(routes)) {
      const bytes = await weigh(server.url, await visitor.open(path), ownChunks(build, route));
      rows.push({ page: path, ...bytes });
    }
    console.log(describeRun("node bench/door-page.mjs"));
    console.table(rows);
  } finally {
    await server.stop();
  }
}
