import { describeRun } from "@/bench/machine";
import { Visitor } from "@/bench/visitor";
import { ensureBuilt } from "@/lib/building/build.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { startInstallation } from "@/lib/testing/installation";

const demo = "maria@example.com";
const pages = ["/login", "/signup", "/verify", "/help/login-code"];

/** Bytes of a file as a browser gets it, compressed. */
async function sizeOf(address: URL): Promise<number> {
  const answer = await fetch(address, { headers: { "accept-encoding": "br" } });
  return Number(answer.headers.get("content-length"));
}

/** What a page makes a browser fetch beside itself. */
async function weigh(origin: string, html: string) {
  const named = (pattern: RegExp) => [
    ...new Set([...html.matchAll(pattern)].map(([, path = ""]) => path.replaceAll("&amp;", "&"))),
  ];
  const sum = async (paths: string[]) => {
    const sizes = await Promise.all(paths.map((path) => sizeOf(new URL(path, origin))));
    return sizes.reduce((one, other) => one + other, 0);
  };
  return { scripts: await sum(named(/<script\b[^>]*\bsrc="([^"]+)"/g)) };
}

/** Starts the production build, visits each page of the way in, and prints the JavaScript it ships. */
export async function weighDoorPages(): Promise<void> {
  await ensureBuilt();
  const server = await startInstallation("bench", { WORKER: "off" });
  try {
    const visitor = new Visitor(server.url);
    const password = readSecrets(server.dataDir).demoPasswords?.[demo] ?? "";
    await visitor.submit("/login", "Sign in", { email: demo, password });
    const rows = [];
    for (const path of pages) {
      rows.push({ page: path, ...(await weigh(server.url, await visitor.open(path))) });
    }
    console.log(describeRun("node bench/door-page.mjs"));
    console.table(rows);
  } finally {
    await server.stop();
  }
}
