import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { reportMailServer, smtpFault } from "@/lib/mail/try-mail-server";
import { freePort } from "@/lib/testing/free-port";

let mails = 0;
const server = new SMTPServer({
  allowInsecureAuth: true,
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  closeTimeout: 1,
  onAuth: ({ username, password }, _session, done) =>
    password === "right" ? done(null, { user: username }) : done(new Error("Invalid login")),
  onMailFrom: (_address, _session, done) => {
    mails++;
    done();
  },
});
server.on("error", () => undefined);

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve())));
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const at = (login = "") =>
  `smtp://${login}127.0.0.1:${(server.server.address() as AddressInfo).port}`;

test("a server that answers and lets us in is in order, and is sent nothing", async () => {
  expect(await smtpFault(at())).toBeNull();
  expect(await smtpFault(at("relay:right@"))).toBeNull();
  expect(mails).toBe(0);
});

test("a wrong password and a port where nobody listens are reported without the password", async () => {
  const refused = await smtpFault(at("relay:tops3cret@"));
  expect(refused).toMatch(/535/);
  expect(refused).not.toContain("tops3cret");
  expect(await smtpFault(`smtp://127.0.0.1:${await freePort()}`)).toContain("ECONNREFUSED");
});

test("a start with such a server is warned of once, and no other", async () => {
  const warned = vi.spyOn(log, "warn").mockReturnValue(undefined);
  const start = async (settings: Record<string, string>) => {
    Object.assign(process.env, { EMAIL_FROM: "a@host.example", SMTP_URL: "" }, settings);
    resetEnvironment();
    await reportMailServer();
    return warned.mock.calls.splice(0).length;
  };
  const nobody = `smtp://127.0.0.1:${await freePort()}`;
  expect(await start({ EMAIL_TRANSPORT: "smtp", SMTP_URL: nobody })).toBe(1);
  expect(await start({ EMAIL_TRANSPORT: "smtp", SMTP_URL: at() })).toBe(0);
  expect(await start({ EMAIL_TRANSPORT: "mailbox", SMTP_URL: nobody })).toBe(0);
});
