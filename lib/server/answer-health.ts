import type { IncomingMessage, ServerResponse } from "node:http";
import { deepHealth } from "@/lib/heartbeat/deep-health";
import { databaseState } from "@/lib/heartbeat/health";
import { readPath, readQuery } from "@/lib/server/gate/path-rules";

type Health = { status: string };

async function healthOf({ isDeep }: { isDeep: boolean }): Promise<Health> {
  if (isDeep) return deepHealth();
  const state = await databaseState();
  return { status: state === "ok" ? "ok" : `database ${state}` };
}

/**
 * Answers `/api/health` and its `?deep`, without Next: each step of its way waits behind whatever page is
 * being made, and it is asked most where there are many of them. False for every other path.
 */
export async function answerHealth(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (readPath(req.url) !== "/api/health") return false;
  const query = new URLSearchParams(readQuery(req.url ?? "") ?? "");
  const health = await healthOf({ isDeep: query.has("deep") });
  const body = JSON.stringify(health);
  res.writeHead(health.status === "ok" ? 200 : 503, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  res.end(body);
  return true;
}
