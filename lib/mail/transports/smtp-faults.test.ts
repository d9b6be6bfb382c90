import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { smtpTransport } from "@/lib/mail/transports/smtp";
import { MailRefused } from "@/lib/mail/transports/transport";
import { expiredCertificate } from "@/lib/testing/expired-certificate";
import { noLimit, sampleMessage } from "@/lib/testing/mail-message";

let server: SMTPServer | undefined;
/** That a handshake was broken off, before which a server for TLS must not be closed. */
let brokenOff: Promise<unknown> = Promise.resolve();
/** Connections to a server without TLS, which alone may be cut. */
const sockets = new Set<Socket>();

afterEach(async () => {
  sockets.clear();
  await brokenOff;
  brokenOff = Promise.resolve();
  const closing = server;
  server = undefined;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});

/** A real SMTP server, the mails that it took, and the passwords that it was given. */
async function startServer(options: SMTPServerOptions = {}) {
  const arrived: string[] = [];
  const passwords: string[] = [];
  const started = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 1,
    onAuth(auth, _session, done) {
      passwords.push(String(auth.password));
      done(null, { user: auth.username });
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        arrived.push(Buffer.concat(chunks).toString("utf8"));
        done();
      });
    },
    ...options,
  });
  server = started;
  // A client that gives up breaks its connection off; that is what some tests do.
  started.on("error", () => undefined);
  if (options.secure)
    brokenOff = new Promise<void>((resolve) => started.once("error", () => resolve()));
  else started.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", () => resolve()));
  const { port } = started.server.address() as AddressInfo;
  return { arrived, passwords, address: `127.0.0.1:${port}` };
}

async function refusal(url: string, signal = noLimit()): Promise<MailRefused> {
  const thrown = await smtpTransport(url)(sampleMessage, signal).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(MailRefused);
  return thrown as MailRefused;
}

test("a server that has the mail and breaks off without a word leaves its fate unknown", async () => {
  const { address } = await startServer({
    onData(stream) {
      stream.resume();
      stream.on("end", () => {
        for (const socket of sockets) socket.destroy();
      });
    },
  });
  expect(await refusal(`smtp://${address}`)).toMatchObject({ fate: "unknown", meaning: "again" });
});

test("a wait that ends once the mail was handed over leaves its fate unknown", async () => {
  const limit = new AbortController();
  const { address } = await startServer({
    onData(stream) {
      stream.resume();
      stream.on("end", () => limit.abort());
    },
  });
  const expected = { fate: "unknown", message: "no answer in time" };
  expect(await refusal(`smtp://${address}`, limit.signal)).toMatchObject(expected);
});

test.each(["onRcptTo", "onMailFrom"])(
  "a wait that ends at %s has handed nothing over",
  async (step) => {
    const limit = new AbortController();
    const { address } = await startServer({ [step]: () => limit.abort() });
    const expected = { fate: "not-taken", message: "no answer in time" };
    expect(await refusal(`smtp://${address}`, limit.signal)).toMatchObject(expected);
  },
);

test.each([
  [451, "4.7.1 Greylisted, come again in five minutes"],
  [450, "4.2.0 Greylisted"],
])("a greylist that answers %i %s asks for patience for this mail alone", async (code, words) => {
  const { address } = await startServer({
    onRcptTo: (_address, _session, done) =>
      done(Object.assign(new Error(words), { responseCode: code })),
  });
  const { fate, meaning, isOfRecipient } = await refusal(`smtp://${address}`);
  const expected = { fate: "not-taken", meaning: "again", isOfRecipient: true };
  expect({ fate, meaning, isOfRecipient }).toEqual(expected);
});

test("a server that refuses what it was given has not taken it", async () => {
  const { address } = await startServer({
    onData(stream, _session, done) {
      stream.resume();
      stream.on("end", () => done(Object.assign(new Error("Not now"), { responseCode: 451 })));
    },
  });
  expect(await refusal(`smtp://${address}`)).toMatchObject({ fate: "not-taken" });
});

test("of a server that wants TLS from the first byte it is said how it is asked for", async () => {
  const { address } = await startServer({ secure: true, ...expiredCertificate });
  const limit = new AbortController();
  server?.server.once("connection", () => limit.abort());
  const { message, fate } = await refusal(`smtp://${address}`, limit.signal);
  expect([message, fate]).toEqual([
    "no answer in time; a server that wants TLS from the first byte needs smtps:// in SMTP_URL",
    "not-taken",
  ]);
});

test.each(["smtps, from the first byte", "smtp, by STARTTLS"])(
  "a certificate that has ended is given neither mail nor password: %s",
  async (how) => {
    const secure = how.startsWith("smtps");
    const { arrived, passwords, address } = await startServer({
      ...expiredCertificate,
      ...(secure ? { secure } : { disabledCommands: [] }),
    });
    const url = `${secure ? "smtps" : "smtp"}://relay:s3cret@${address}`;
    const { message, fate, meaning } = await refusal(url);
    expect([fate, meaning, arrived, passwords]).toEqual(["not-taken", "again", [], []]);
    expect(message).toMatch(/could not be used: certificate has expired$/);
    expect(message).not.toContain("s3cret");
  },
);

test("a server that speaks no TLS where it is asked for has not taken the mail", async () => {
  const { address, arrived } = await startServer();
  expect(await refusal(`smtps://${address}`)).toMatchObject({ fate: "not-taken" });
  expect(arrived).toEqual([]);
});
