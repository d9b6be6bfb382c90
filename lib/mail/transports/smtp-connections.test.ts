import { setMaxListeners } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { smtpTransport } from "@/lib/mail/transports/smtp";
import { mayBeLogged } from "@/lib/testing/logged";
import { sampleMessage } from "@/lib/testing/mail-message";

let server: SMTPServer | undefined;

/** A server that counts how many connections are open, by its sockets and not by what is said on them. */
async function startCounting(options: SMTPServerOptions = {}) {
  const count = { most: 0, made: 0, mails: 0 };
  const started = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      stream.resume();
      stream.on("end", () => {
        count.mails += 1;
        done();
      });
    },
    ...options,
  });
  server = started;
  started.on("error", () => undefined);
  started.server.on("connection", () => {
    count.made += 1;
    started.server.getConnections((_error, open) => {
      count.most = Math.max(count.most, open);
    });
  });
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", () => resolve()));
  return { count, at: `127.0.0.1:${(started.server.address() as AddressInfo).port}` };
}

afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});

const patient = () => new AbortController().signal;
const mails = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...sampleMessage, id: `${sampleMessage.id}-${n}` }));

test("60 mails at once have ten connections, the closing ones among them", async () => {
  const { count, at } = await startCounting();
  const send = smtpTransport(`smtp://${at}`);
  await Promise.all(mails(60).map((mail) => send(mail, patient())));
  expect(count).toMatchObject({ most: 10, made: 60, mails: 60 });
});

test("a server that keeps its side open when we close ours holds up no mail", async () => {
  const { count, at } = await startCounting({ closeTimeout: 1 });
  // Otherwise Node answers our end with its own.
  if (server) (server.server as unknown as { allowHalfOpen: boolean }).allowHalfOpen = true;
  const send = smtpTransport(`smtp://${at}`);
  await Promise.all(mails(15).map((mail) => send(mail, patient())));
  expect(count).toMatchObject({ made: 15, mails: 15 });
});

test("ten that a server keeps waiting hold ten connections, and the next goes when they have ended", async () => {
  let kept = 0;
  let allKept: () => void = () => undefined;
  const ten = new Promise<void>((resolve) => {
    allKept = resolve;
  });
  const { count, at } = await startCounting({
    onMailFrom(_address, _session, done) {
      kept += 1;
      if (kept === 10) allKept();
      if (kept > 10) done();
    },
  });
  const send = smtpTransport(`smtp://${at}`);
  const limit = new AbortController();
  setMaxListeners(0, limit.signal);
  const waiting = mails(10).map((mail) => send(mail, limit.signal).catch(({ message }) => message));
  await ten;
  const impatient = new AbortController();
  const unable = send(sampleMessage, impatient.signal).catch(({ message }) => message);
  const next = mails(5).map((mail) => send(mail, patient()));
  impatient.abort();
  expect(await unable).toBe("no answer in time");
  expect(count).toMatchObject({ made: 10 });
  limit.abort();
  expect(await Promise.all(waiting)).toEqual(Array(10).fill("no answer in time"));
  await Promise.all(next);
  expect(count).toMatchObject({ most: 10, made: 15, mails: 5 });
});

test.each([
  ["smtps", { secure: true }],
  ["smtp", { disabledCommands: [] }],
] as const)("over TLS (%s) too", async (scheme, options) => {
  // smtp-server says so once.
  mayBeLogged(/built-in default TLS certificate/);
  let secured = 0;
  const { count, at } = await startCounting({
    ...options,
    disabledCommands: [],
    onMailFrom(_address, session, done) {
      if (session.secure) secured += 1;
      done();
    },
  });
  const send = smtpTransport(`${scheme}://${at}?tls.rejectUnauthorized=false`);
  await Promise.all(mails(25).map((mail) => send(mail, patient())));
  expect([count.most <= 10, count.mails, secured]).toEqual([true, 25, 25]);
});

test("a server that is away uses no connection up", async () => {
  const { at } = await startCounting();
  const closing = server;
  await new Promise<void>((resolve) => closing?.close(() => resolve()));
  server = undefined;
  const send = smtpTransport(`smtp://${at}`);
  const ends = await Promise.all(
    mails(25).map((mail) => send(mail, patient()).catch(({ message }) => String(message))),
  );
  expect(ends.filter((end) => String(end).includes("ECONNREFUSED"))).toHaveLength(25);
});
