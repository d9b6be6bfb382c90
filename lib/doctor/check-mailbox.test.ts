import { createRequire } from "node:module";
import { type AddressInfo, createServer as createPlain, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { checkMailbox } from "@/lib/doctor/check-mailbox";
import type { ImapMailbox } from "@/lib/env/connection-url";
import { root } from "@/lib/machine/project.mjs";

// A certificate for tests, which that package holds.
const pem = createRequire(import.meta.url)(
  join(root, "node_modules/smtp-server/dist/cjs/tls-options.js"),
).default({}) as { key: string; cert: string };

let server: Server | undefined;

afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});

async function listen(started: Server): Promise<number> {
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", () => resolve()));
  return (started.address() as AddressInfo).port;
}

/** A server that greets, and answers each command by a rule. */
const speaking = (greeting: string, answer: (command: string) => string) =>
  listen(
    createServer({ key: pem.key, cert: pem.cert }, (socket: Socket) => {
      socket.on("error", () => undefined);
      socket.write(`${greeting}\r\n`);
      socket.on("data", (text) => {
        const [tag, command = ""] = String(text).trim().split(/ (.*)/s);
        socket.write(`* 3 EXISTS\r\n${tag} ${answer(command)}\r\n`);
      });
    }),
  );

const mailbox = (port: number, changes: Partial<ImapMailbox> = {}): ImapMailbox => ({
  ...{ host: "127.0.0.1", port, user: "canary", password: 'tops"3cret', folder: "INBOX" },
  ...{ checksCertificate: false, serverName: undefined, address: undefined },
  ...changes,
});

const rightly = (command: string) => {
  if (command === 'LOGIN "canary" "tops\\"3cret"') return "OK in";
  if (command.startsWith("LOGIN")) return `NO tops"3cret is wrong`;
  return command === 'EXAMINE "INBOX"' ? "OK read" : "NO such folder";
};

test("a mailbox that lets in is right", async () => {
  const port = await speaking("* OK ready", rightly);
  const found = await checkMailbox("CANARY_INBOX", mailbox(port));
  expect(found).toEqual({
    ...{ check: "CANARY_INBOX", level: "ok" },
    says: `The mailbox at 127.0.0.1:${port} can be read.`,
  });
});

test.each([
  ["a wrong password", { password: "no" }, "does not take the user and password"],
  ["a folder that there is not", { folder: "Other" }, "has no such folder"],
  ["a certificate that nobody vouches for", { checksCertificate: true }, "cannot be reached"],
])("%s is said, and no password", async (_, changes, says) => {
  const port = await speaking("* OK ready", rightly);
  const found = await checkMailbox("CANARY_INBOX", mailbox(port, changes));
  expect([found.level, found.says]).toEqual(["wrong", expect.stringContaining(says)]);
  expect(JSON.stringify(found)).not.toContain("3cret");
});

test("a server that is away, is another's, or hangs up is wrong", async () => {
  const away = await listen(createPlain());
  const closing = server;
  await new Promise<void>((resolve) => closing?.close(() => resolve()));
  server = undefined;
  expect((await checkMailbox("CANARY_INBOX", mailbox(away))).says).toContain("ECONNREFUSED");
  const port = await speaking("* BYE too many", rightly);
  expect((await checkMailbox("CANARY_INBOX", mailbox(port))).says).toContain("does not speak IMAP");
});

test("a server that closes at once is said to", async () => {
  const port = await listen(
    createServer({ key: pem.key, cert: pem.cert }, (socket: Socket) => socket.end()),
  );
  expect((await checkMailbox("CANARY_INBOX", mailbox(port))).says).toContain(
    "closed the connection",
  );
});
