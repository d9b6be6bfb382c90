import { createServer, type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { log } from "@/lib/log/log";
import { gate, type Handle } from "@/lib/server/gate";
import { LONGEST_BODY_SECONDS } from "@/lib/server/gate/body";
import { rawAnswer } from "@/lib/server/gate/raw-answer";
import type { RefusalStatus } from "@/lib/server/gate/refusal-words";
import { type GateSettings, gateSettings } from "@/lib/server/gate/settings";
import { answerOn } from "@/lib/server/next-internals";

const headersTimeoutMilliseconds = 20_000;
// How often Node looks whether that time is over; by itself only twice a minute.
const checkMilliseconds = 1_000;
// Each path has a deadline of its own (gate/body.ts); this one is Node's, for all.
const requestTimeoutMilliseconds = LONGEST_BODY_SECONDS * 1_000;
// Longer than the minute that proxies usually keep theirs: else they send into a closing connection.
const keepAliveMilliseconds = 75_000;

function statusOf(error: Error & { code?: string }): RefusalStatus {
  switch (error.code) {
    case "HPE_HEADER_OVERFLOW":
      return 431;
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return 408;
    case "HPE_INVALID_METHOD":
      return 405;
    default:
      return 400;
  }
}

function answerRaw(socket: Duplex, status: RefusalStatus, settings: GateSettings): void {
  // With an answer under way, another status line would become part of its body.
  if (!socket.writable || answerOn(socket)?.headersSent) {
    socket.destroy();
    return;
  }
  log.info({ status, reason: STATUS_CODES[status] }, "unreadable request");
  socket.end(rawAnswer(status, settings));
}

/**
 * A web server with the gate in front of `handle`, not yet listening. What Node would answer by
 * itself (no Host, unreadable requests, too long headers, an unknown method or expectation) is
 * answered with our headers too.
 *
 * @param headersMilliseconds until a request's headers must be there
 */
export function gatedServer(
  handle: Handle,
  settings: GateSettings = gateSettings(false),
  headersMilliseconds = headersTimeoutMilliseconds,
): Server {
  const listener = gate(handle, settings);
  const server = createServer(
    {
      requireHostHeader: false,
      headersTimeout: headersMilliseconds,
      connectionsCheckingInterval: checkMilliseconds,
      requestTimeout: requestTimeoutMilliseconds,
      keepAliveTimeout: keepAliveMilliseconds,
    },
    listener,
  );
  // The gate asks for the body itself, once nothing speaks against it.
  server.on("checkContinue", listener);
  server.on("checkExpectation", (_req: IncomingMessage, res) => {
    answerRaw(res.socket as Duplex, 417, settings);
  });
  server.on("connect", (_req: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => {});
    answerRaw(socket, 405, settings);
  });
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    if (error.code === "ECONNRESET") socket.destroy();
    else answerRaw(socket, statusOf(error), settings);
  });
  return server;
}
