import { createServer } from "node:net";
import { OperatorError } from "./operator-error.mjs";

/** Throws an `OperatorError` when nothing can listen on `host` and `port`. */
export async function checkPort(host, port) {
  const server = createServer();
  try {
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    throw listenFault(error, host, port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A failed `listen` as a sentence for the operator. */
export function listenFault(error, host, port) {
  const at = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  switch (error.code) {
    case "EADDRINUSE":
      return new OperatorError(
        `Another program listens on ${at}: stop it, or set PORT to a free port.`,
      );
    case "EACCES":
      return new OperatorError(
        `This user may not listen on ${at}: set PORT to 1024 or higher, or start with the right to use it.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new OperatorError(
        `This machine has no address ${host}: set HOST to one of its own, or to 127.0.0.1.`,
      );
    default:
      return new OperatorError(
        `Nothing can listen on ${at} (${error.code ?? error.message}): set HOST and PORT to an address of this machine and a free port.`,
      );
  }
}
