import { Socket } from "node:net";

// For the server to close its side too; then the connection is cut off.
const CLOSING_MS = 1_000;

/** Sockets for connections to one server, of which so many at most are open at a time. */
export type Connections = {
  /**
   * Waits until one may be opened. The socket counts until it has really closed, which `end` makes
   * sure of in a second.
   *
   * @throws the signal's reason when it aborts first
   */
  open(signal: AbortSignal): Promise<{ socket: Socket; end(): void }>;
};

/** Keeps to `most` connections, the ones that are closing among them. */
export function limitConnections(most: number): Connections {
  let open = 0;
  const waiting: (() => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) open -= 1;
    else next();
  }

  function acquire(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (open < most) {
      open += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(admit), 1);
        reject(signal.reason);
      };
      const admit = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      waiting.push(admit);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    async open(signal) {
      await acquire(signal);
      const socket = new Socket();
      // Errors are the transport's to report; one that comes after it has let go ends nothing else.
      socket.on("error", () => undefined);
      socket.once("close", release);
      const end = () => {
        if (socket.closed) return;
        // One that never connected has no other side.
        if (socket.pending) socket.destroy();
        // A reset, which ends the connection for a server that keeps its own side open.
        const cut = setTimeout(() => socket.resetAndDestroy(), CLOSING_MS);
        socket.once("close", () => clearTimeout(cut));
      };
      return { socket, end };
    },
  };
}
