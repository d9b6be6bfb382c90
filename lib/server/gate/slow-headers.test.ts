import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { gatedServer } from "@/lib/server/gate/gated-server";
import { localSettings, parseAnswer } from "@/lib/testing/gate";

let server: ReturnType<typeof gatedServer>;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** All that a connection is sent until it is closed, after some bytes. */
async function answerTo(bytes: string, headersMilliseconds: number): Promise<string> {
  server = gatedServer(async (_, res) => void res.end(), localSettings, headersMilliseconds);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks).toString("utf8");
}

// Node looks for such connections twice a minute by itself: this test would not live to see it.
test.each([
  ["half a line", "GET /login HT"],
  ["half of the headers", "GET /login HTTP/1.1\r\nHost: localhost\r\nX-A: "],
])("headers that do not end are 408: %s", async (_, bytes) => {
  const answer = parseAnswer(await answerTo(bytes, 100));
  expect(answer.status).toBe(408);
  expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
});

test("the time they have is what docs/security.md says", () => {
  server = gatedServer(async (_, res) => void res.end(), localSettings);
  expect(server.headersTimeout).toBe(20_000);
});
