import { isIP } from "node:net";
import { connect } from "node:tls";
import { type Finding, ok, wrong } from "@/lib/doctor/finding";
import type { ImapMailbox } from "@/lib/env/connection-url";

const LIMIT_MS = 8_000;
const LONGEST_ANSWER = 64 * 1024;

const quoted = (text: string) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

type Step = { command: string | null; fails: string };

/** Goes through some steps of IMAP; what the server's words are kept out of, as they may repeat a password. */
function speak({ host, port, ...mailbox }: ImapMailbox, steps: Step[]): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host, port, rejectUnauthorized: mailbox.checksCertificate },
      // An address is no name that a certificate could be asked for by.
      servername: mailbox.serverName ?? (isIP(host) === 0 ? host : ""),
    });
    let at = 0;
    let heard = "";
    const end = (fault: string | null) => {
      socket.destroy();
      resolve(fault);
    };
    socket.setEncoding("utf8");
    socket.setTimeout(LIMIT_MS, () => end("does not answer"));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      end(`cannot be reached (${error.code ?? error.message})`),
    );
    socket.on("close", () => end("closed the connection"));
    socket.on("data", (text: string) => {
      heard = (heard + text).slice(-LONGEST_ANSWER);
      const step = steps[at];
      const last = heard
        .split("\r\n")
        .slice(0, -1)
        .find((line) => line.startsWith(at === 0 ? "* " : `a${at} `));
      if (step === undefined || last === undefined) return;
      if (!/^\S+ (OK|PREAUTH)/i.test(last)) return end(step.fails);
      at += 1;
      heard = "";
      const next = steps[at];
      if (next === undefined) return end(null);
      socket.write(`a${at} ${next.command}\r\n`);
    });
  });
}

/** Signs in to a mailbox and looks into its folder; reads and changes nothing there. */
export async function checkMailbox(setting: string, mailbox: ImapMailbox): Promise<Finding> {
  const { host, port, user, password, folder } = mailbox;
  const fault = await speak(mailbox, [
    { command: null, fails: "does not speak IMAP" },
    {
      command: `LOGIN ${quoted(user)} ${quoted(password)}`,
      fails: "does not take the user and password",
    },
    { command: `EXAMINE ${quoted(folder)}`, fails: "has no such folder" },
  ]);
  return fault === null
    ? ok(setting, `The mailbox at ${host}:${port} can be read.`)
    : wrong(setting, `The mailbox at ${host}:${port} ${fault}.`, `Correct ${setting}.`);
}
