import { createServer, type Server } from "node:http";
import { join } from "node:path";
import next from "next";
import { brandStyleSheet } from "@/lib/brand";
import { env } from "@/lib/env/env";
import { listenFault } from "@/lib/machine/port.mjs";
import { developmentScripts, root } from "@/lib/machine/project.mjs";
import { sealingKey } from "@/lib/secrets/secrets";
import { answerHealth } from "@/lib/server/answer-health";
import { closerOf } from "@/lib/server/close-server";
import type { Handle } from "@/lib/server/gate";
import { gatedServer } from "@/lib/server/gate/gated-server";
import { openOwnFiles } from "@/lib/server/gate/own-files";
import { refusalStyle } from "@/lib/server/gate/refusal";
import { gateSettings } from "@/lib/server/gate/settings";
import { readConfigQuietly } from "@/lib/server/next-internals";
import { openFormTable } from "@/lib/server/open-form-table";
import type { Stop } from "@/lib/server/shut-down";

/**
 * Answers requests on HOST and PORT: the gate first, then Next with the build of `PORTARIA_DIST`.
 * Throws an `OperatorError` when the port is taken. The returned stop lets answers under way finish,
 * for 25 seconds at most.
 */
export async function serve({ dev }: { dev: boolean }): Promise<Stop> {
  const { host, port, brand } = env();
  let handle: Handle = async (_, res) => void res.writeHead(503).end();
  // Development compiles a page when it is asked for: its forms keep the ids Next gives them.
  const forms = dev ? undefined : openFormTable(join(root, process.env.PORTARIA_DIST ?? ""));
  // They were compiled beside this code (lib/building/compile.mjs); development has no such place.
  const scripts = dev ? developmentScripts : join(import.meta.dirname, "scripts");
  // The colour is a setting, and so known at a start alone.
  const styles = { brand: brandStyleSheet(brand.color), refusal: refusalStyle };
  const files = openOwnFiles(scripts, styles);
  // What Next seals into a page can be opened by every process; the build's own key is public.
  if (!dev) process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = sealingKey();
  const server = gatedServer((req, res) => handle(req, res), gateSettings(dev, { forms, files }));
  const close = closerOf(server);
  // Only hot reload upgrades connections; without a listener Node answers an upgrade as a request.
  const upgrades = dev ? server : createServer();
  const app = next({ dev, dir: root, hostname: host, port, httpServer: upgrades, quiet: true });
  if (!dev) await readConfigQuietly(root);
  await app.prepare();
  const answer = app.getRequestHandler();
  handle = async (req, res) => {
    if (!(await answerHealth(req, res))) await answer(req, res);
  };
  await listen(server, host, port);
  return async (hurry) => {
    await close(hurry);
    await app.close();
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenFault(error, host, port)));
    server.listen({ host, port }, () => resolve());
  });
}
