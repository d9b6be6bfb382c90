import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Stop } from "@/lib/server/shut-down";

const graceMilliseconds = 25_000;

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

function announceEnd(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader("Connection", "close");
}
