import { createServer, type Server } from "node:http";
import { expect, test } from "vitest";
import { asUpstream, findNginx, onPorts, readmeBlocks, startNginx } from "@/bench/nginx";
import { freePort } from "@/lib/testing/free-port";

const program = findNginx();

function listen(port: number): Promise<Server> {
  const server = createServer((req, res) => {
    req.resume().once("end", () => res.end("ok"));
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** How many of 20 requests, half of them forms, are not answered by the servers behind nginx. */
async function lost(port: number): Promise<number> {
  let count = 0;
  for (let nth = 0; nth < 20; nth++) {
    const form = nth % 2 ? { method: "POST", body: "a=b" } : {};
    const answer = await fetch(`http://127.0.0.1:${port}/`, form);
    if ((await answer.text()) !== "ok") count++;
  }
  return count;
}

async function restartInTurn(block: string): Promise<number[]> {
  const ports: [number, number] = [await freePort(), await freePort()];
  const port = await freePort();
  let first = await listen(ports[0]);
  const second = await listen(ports[1]);
  const nginx = await startNginx(program ?? "", onPorts(block, port, ports), port);
  try {
    const before = await lost(port);
    await close(first);
    const withoutFirst = await lost(port);
    first = await listen(ports[0]);
    await close(second);
    return [before, withoutFirst, await lost(port)];
  } finally {
    await nginx.stop();
    await close(first);
  }
}

test.skipIf(program === undefined)(
  "README's block for several processes loses nothing when they are restarted in turn, as the other does",
  async () => {
    const { one, several } = readmeBlocks();
    expect(await restartInTurn(several)).toEqual([0, 0, 0]);
    const [before, withoutFirst, withoutSecond] = await restartInTurn(asUpstream(one));
    expect([before, withoutFirst]).toEqual([0, 0]);
    expect(withoutSecond).toBeGreaterThan(0);
  },
);
