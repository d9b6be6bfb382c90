import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import type { Handle } from "@/lib/server/gate";
import { gatedServer } from "@/lib/server/gate/gated-server";
import type { GateSettings } from "@/lib/server/gate/settings";

export const localSettings: GateSettings = {
  appUrl: "http://localhost:3000",
  trustedProxies: [],
  hasMailbox: true,
  logoUrl: undefined,
  formsOnce: false,
  dev: false,
};

export type RawAnswer = {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
};

export function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(" ")[1]), headers, body: text.slice(end + 4) };
}

/** A gated server for a test, on a free port, and ways to talk to it in plain bytes. */
export async function startGate(handle: Handle, settings: Partial<GateSettings> = {}) {
  const server = gatedServer(handle, { ...localSettings, ...settings });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const open = async () => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return socket;
  };

  /** Sends bytes and returns all that comes until the server closes. */
  const sendRaw = async (bytes: string): Promise<RawAnswer> => {
    const socket = await open();
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => {});
    socket.write(bytes);
    await once(socket, "close");
    return parseAnswer(Buffer.concat(chunks).toString("utf8"));
  };

  /** Sends a request with `Host` and `Connection: close`; headers given here come first. */
  const send = (
    method: string,
    target: string,
    headers: Record<string, string | string[]> = {},
    body = "",
  ): Promise<RawAnswer> => {
    const all: Record<string, string | string[]> = { host: `localhost:${port}`, ...headers };
    if (body !== "" && all["transfer-encoding"] === undefined) {
      all["content-length"] ??= String(Buffer.byteLength(body));
    }
    const lines = Object.entries({ ...all, connection: "close" }).flatMap(([name, values]) =>
      [values].flat().map((value) => `${name}: ${value}\r\n`),
    );
    return sendRaw(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
  };

  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { server, port, open, send, sendRaw, stop };
}

export type GateUnderTest = Awaited<ReturnType<typeof startGate>>;

/** The headers of a form as a browser without scripts sends it. */
export const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
