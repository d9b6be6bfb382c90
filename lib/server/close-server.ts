import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Stop } from "@/lib/server/shut-down";

const graceMilliseconds = 25_000;
const quietMilliseconds = 5;
const longestUnquietMilliseconds = 10_000;

/**
 * How a web server is closed in order: nothing new is taken, answers under way are finished, for 25
 * seconds at most, and each says that its connection ends with it. To be called before it listens.
 */
export function closerOf(server: Server): Stop {
  const underWay = new Set<ServerResponse>();
  let isClosing = false;
  const watch = (_req: IncomingMessage, res: ServerResponse) => {
    underWay.add(res);
    res.once("close", () => underWay.delete(res));
    if (isClosing) announceEnd(res);
  };
  for (const event of ["request", "checkContinue"]) server.prependListener(event, watch);
  return async (hurry) => {
    isClosing = true;
    // A proxy that keeps connections would send the next request into one that is about to close.
    for (const res of underWay) announceEnd(res);
    await quietMoment(server, hurry);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const limit = AbortSignal.any([hurry, AbortSignal.timeout(graceMilliseconds)]);
    // A connection that was busy when we closed stays open after its answer: close it then.
    while (!limit.aborted) {
      server.closeIdleConnections();
      const done = await Promise.race([closed.then(() => true), pause(100, false)]);
      if (done) return;
    }
    server.closeAllConnections();
    await closed;
  };
}

/**
 * Resolves once a turn of the event loop was short and took no connection, at the latest after ten seconds.
 * Connections that the kernel has made and we have not yet taken are cut when the server closes: a busy
 * process has many of them.
 */
async function quietMoment(server: Server, hurry: AbortSignal): Promise<void> {
  let taken = 0;
  const count = () => {
    taken += 1;
  };
  server.on("connection", count);
  const startedAt = performance.now();
  for (let turnedAt = startedAt; turnedAt - startedAt < longestUnquietMilliseconds; ) {
    taken = 0;
    // From one to the next lies a whole look at the network.
    await nextTurn();
    await nextTurn();
    const now = performance.now();
    if (hurry.aborted || (taken === 0 && now - turnedAt < quietMilliseconds)) break;
    turnedAt = now;
  }
  server.off("connection", count);
}

function announceEnd(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader("Connection", "close");
}
