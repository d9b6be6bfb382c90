import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { returnAddressOf } from "@/lib/mail/fate/return-address";
import { smtpTransport } from "@/lib/mail/transports/smtp";
import { MailRefused } from "@/lib/mail/transports/transport";
import { noLimit, sampleMessage } from "@/lib/testing/mail-message";

type Arrived = { from: string; to: string[]; raw: string };

let server: SMTPServer | undefined;

/** A real SMTP server on a free port that keeps what it takes, unless `options` change that. */
async function startServer(options: SMTPServerOptions = {}) {
  const arrived: Arrived[] = [];
  const started = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 1,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        arrived.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map((recipient) => recipient.address),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
    ...options,
  });
  server = started;
  // A client that gives up breaks its connection off; that is what some tests do.
  started.on("error", () => undefined);
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", () => resolve()));
  const { port } = started.server.address() as AddressInfo;
  return { arrived, url: (login = "") => `smtp://${login}127.0.0.1:${port}` };
}

afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});

const refused = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MailRefused);
  return (error as MailRefused).message;
};

test("a mail arrives with both bodies, one recipient and our headers", async () => {
  const { arrived, url } = await startServer();
  const sent = await smtpTransport(url())(sampleMessage, noLimit());
  expect(arrived).toHaveLength(1);
  const { from, to, raw } = arrived[0] as Arrived;
  expect([from, to]).toEqual(["no-reply@host.example", ["maria@example.com"]]);
  expect(raw).toMatch(/^From: "Casa, Host" <no-reply@host\.example>\r$/m);
  expect(raw).toMatch(/^To: maria@example\.com\r$/m);
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(raw).toMatch(/^Feedback-ID: sign-in-code:portaria:portaria\r$/im);
  expect(raw.match(/^Message-ID:/gim)).toHaveLength(1);
  expect(raw).toContain("multipart/alternative");
  expect(raw).toContain("text/plain");
  expect(raw).toContain("text/html");
  expect(raw).toMatch(/^482913\r$/m);
  expect(sent.providerId).toBe(`<${sampleMessage.id}@host.example>`);
});

test("where mail comes back to us, each has an envelope sender of its own, and a server that can says more", async () => {
  process.env.AUTH_SECRET = "a secret of this test alone of 40 characters";
  resetEnvironment();
  const parameters: unknown[] = [];
  const { arrived, url } = await startServer({
    hideDSN: false,
    onRcptTo(recipient, session, done) {
      parameters.push(session.envelope.mailFrom, recipient);
      parameters.push(session.envelope.dsn, recipient.dsn);
      done();
    },
  });
  const sender = returnAddressOf(sampleMessage.id, "bounces@returns.example");
  await smtpTransport(url(), "bounces@returns.example")(sampleMessage, noLimit());
  expect(arrived[0]?.from).toBe(sender);
  expect(arrived[0]?.raw).toMatch(/^From: "Casa, Host" <no-reply@host\.example>\r$/m);
  const token = sender.slice("bounces+".length, sender.indexOf("@"));
  const said = JSON.stringify(parameters);
  for (const part of [token, "HDRS", "FAILURE", "DELAY", "rfc822;maria@example.com"]) {
    expect(said).toContain(part);
  }
  await smtpTransport(url())(sampleMessage, noLimit());
  expect(arrived[1]?.from).toBe("no-reply@host.example");
});

test("a server that knows nothing of such reports gets the mail without", async () => {
  const parameters: unknown[] = [];
  const { arrived, url } = await startServer({
    hideDSN: true,
    onRcptTo(recipient, session, done) {
      parameters.push(session.envelope.mailFrom, recipient);
      done();
    },
  });
  const foreign = { ...sampleMessage, to: "maria@example.com" };
  await smtpTransport(url(), "bounces@returns.example")(foreign, noLimit());
  expect(arrived).toHaveLength(1);
  expect(JSON.stringify(parameters)).not.toMatch(/ENVID|NOTIFY|ORCPT|RET/);
});

test("a mail sent again has the Message-ID it had", async () => {
  const { arrived, url } = await startServer();
  const send = smtpTransport(url());
  await send(sampleMessage, noLimit());
  await send(sampleMessage, noLimit());
  const ids = arrived.map(({ raw }) => /^Message-ID: (.*)\r$/im.exec(raw)?.[1]);
  expect(ids).toEqual(Array(2).fill(`<${sampleMessage.id}@host.example>`));
});

test("user and password of SMTP_URL are used", async () => {
  const seen: unknown[] = [];
  const { url } = await startServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      seen.push([auth.username, auth.password]);
      done(null, { user: auth.username });
    },
  });
  await smtpTransport(url("relay:p%40ss@"))(sampleMessage, noLimit());
  expect(seen).toEqual([["relay", "p@ss"]]);
});

test("a recipient that the server does not take is a refusal", async () => {
  const { url, arrived } = await startServer({
    onRcptTo(_address, _session, done) {
      done(Object.assign(new Error("No such mailbox"), { responseCode: 550 }));
    },
  });
  const reason = await refused(smtpTransport(url())(sampleMessage, noLimit()));
  expect(reason).toContain("550");
  expect(arrived).toEqual([]);
});

test("a wrong password is a refusal that does not repeat it", async () => {
  const { url } = await startServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error("Invalid login")),
  });
  const reason = await refused(smtpTransport(url("relay:tops3cret@"))(sampleMessage, noLimit()));
  expect(reason).toContain("535");
  expect(reason).not.toContain("tops3cret");
});

test("a server that hangs is waited for until the limit and no longer", async () => {
  const limit = new AbortController();
  const { url } = await startServer({ onMailFrom: () => limit.abort() });
  expect(await refused(smtpTransport(url())(sampleMessage, limit.signal))).toBe(
    "no answer in time",
  );
});

test("a server that is away is a refusal", async () => {
  const { url } = await startServer();
  const gone = url();
  await new Promise<void>((resolve) => server?.close(() => resolve()));
  server = undefined;
  expect(await refused(smtpTransport(gone)(sampleMessage, noLimit()))).toContain("ECONNREFUSED");
});

test("a subject with a line break adds no header", async () => {
  const { arrived, url } = await startServer();
  const bad = { ...sampleMessage, subject: "Hello\r\nBcc: eve@example.com" };
  await refused(smtpTransport(url())(bad, noLimit()));
  expect(arrived).toEqual([]);
});

const answering = (step: "onMailFrom" | "onRcptTo", code: number, words: string) => ({
  [step]: (_: unknown, __: unknown, done: (error: Error) => void) =>
    done(Object.assign(new Error(words), { responseCode: code })),
});

test.each([
  ["onRcptTo", 550, "5.1.1 No such mailbox", "final"],
  ["onRcptTo", 551, "Not here", "final"],
  ["onRcptTo", 552, "5.2.2 Mailbox full", "final"],
  ["onRcptTo", 553, "Not a mailbox name", "final"],
  ["onRcptTo", 550, "5.7.1 Relaying denied", "again"],
  ["onRcptTo", 554, "Relay access denied", "again"],
  ["onRcptTo", 450, "4.2.0 Greylisted", "again"],
  ["onRcptTo", 452, "4.2.2 Mailbox full", "again"],
  ["onRcptTo", 450, "4.7.28 Too many messages from you", "throttled"],
  ["onRcptTo", 421, "4.3.2 Not now", "throttled"],
  ["onMailFrom", 550, "Sender not taken", "again"],
  ["onMailFrom", 553, "5.1.8 Domain not verified", "again"],
  ["onMailFrom", 451, "4.4.5 Rate limit reached", "throttled"],
] as const)("%s answered with %i %s means %s", async (step, code, words, meaning) => {
  const { url } = await startServer(answering(step, code, words));
  const error = await smtpTransport(url())(sampleMessage, noLimit()).catch((thrown) => thrown);
  expect([error.message.includes(String(code)), error.meaning]).toEqual([true, meaning]);
});

test("a mail that is refused for good after its data is final", async () => {
  const { url } = await startServer({
    onData(stream, _session, done) {
      stream.resume();
      stream.on("end", () => done(Object.assign(new Error("Not taken"), { responseCode: 554 })));
    },
  });
  const ofData = await smtpTransport(url())(sampleMessage, noLimit()).catch((thrown) => thrown);
  expect(ofData.meaning).toBe("final");
});

test("a wrong password is the operator's to mend", async () => {
  const { url } = await startServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error("Invalid login")),
  });
  const error = await smtpTransport(url("relay:wrong@"))(sampleMessage, noLimit()).catch((e) => e);
  expect(error.meaning).toBe("again");
});

test("the connection to a server that hangs ends with the wait", async () => {
  const limit = new AbortController();
  const closed = new Promise<void>((resolve) => {
    startServer({ onMailFrom: () => limit.abort(), onClose: () => resolve() }).then(({ url }) =>
      smtpTransport(url())(sampleMessage, limit.signal).catch(() => undefined),
    );
  });
  await closed;
});
